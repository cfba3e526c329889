import type { ImportOptions } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { missingFields, proposeMapping } from './field-mapping.ts';
import { foldHeader } from './header-words.ts';
import { type HeadedSheet, profilesOf } from './headed-sheet.ts';
import { listed } from './import-plan.ts';
import type { Pace } from './pace.ts';

/** The sheets the user names. @throws AppError 'invalid-input' where one is not there or they do not fit each other */
function namedSheets(sheets: readonly HeadedSheet[], names: readonly string[]): HeadedSheet[] {
  const byName = new Map(sheets.toReversed().map((sheet) => [sheet.sample.name, sheet]));
  const chosen = names.map((name) => {
    const sheet = byName.get(name);
    if (!sheet)
      throw new AppError(
        'invalid-input',
        `There is no sheet “${name}” in the file. It has: ${listed(sheets.map(({ sample }) => sample.name))}.`,
        { sheet: name },
      );
    return sheet;
  });
  const odd = chosen.find(({ key }) => key !== chosen[0].key);
  if (odd)
    throw new AppError(
      'invalid-input',
      `The sheets “${chosen[0].sample.name}” and “${odd.sample.name}” have different headers and cannot be stacked. Import them one after the other.`,
      { sheet: odd.sample.name },
    );
  return chosen;
}

/** How much a sheet looks like the table to import. */
async function scoreOf(sheet: HeadedSheet, options: ImportOptions, pace: Pace): Promise<number> {
  if (sheet.data.length === 0) return -1;
  const profiles = await profilesOf(sheet, pace);
  const { kind, mapping } = await proposeMapping(profiles, options.kind ?? null, sheet.headerRow === -1, pace);
  const usable = missingFields(kind, mapping).length === 0;
  return (
    (usable ? 100 : 0) + Object.keys(mapping).length + (sheet.sample.hidden ? -60 : 0) + sheet.data.length / 10_000
  );
}

/** The sheets an import reads: those chosen, else the visible ones that share the headers of the best table. */
export async function chooseSheets(
  sheets: readonly HeadedSheet[],
  options: ImportOptions,
  pace: Pace,
): Promise<HeadedSheet[]> {
  if (options.sheets && options.sheets.length > 0) return namedSheets(sheets, options.sheets);
  let best = sheets[0];
  let bestScore = Number.NEGATIVE_INFINITY;
  // A single sheet is the best one, whatever it scores.
  if (sheets.length > 1) {
    for (const sheet of sheets) {
      const score = await scoreOf(sheet, options, pace);
      if (score > bestScore) [best, bestScore] = [sheet, score];
    }
  }
  if (best.headerRow === -1) return [best];
  return sheets.filter(
    (sheet) =>
      sheet === best || (sheet.key === best.key && sheet.sample.hidden === best.sample.hidden && sheet.data.length > 0),
  );
}

/**
 * Where the columns of `headers` stand in another sheet with the same headers in any order: those of the same text, then
 * those that differ in case or signs, one after the other; −1 where it has none. No column serves twice.
 */
export function placesIn(other: readonly string[], headers: readonly string[]): number[] {
  const same = new Map(other.map((header, place) => [header, place]));
  const taken = new Set(headers.map((header) => same.get(header)));
  const alike = new Map<string, number[]>();
  for (let place = other.length - 1; place >= 0; place--) {
    if (taken.has(place)) continue;
    const key = foldHeader(other[place]);
    const places = alike.get(key);
    if (places) places.push(place);
    else alike.set(key, [place]);
  }
  return headers.map((header) => same.get(header) ?? alike.get(foldHeader(header))?.pop() ?? -1);
}
