/** Reads a table of calendar events from a text file or a workbook. */
import type { CalendarEvent, EventKind, ImportFile } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import { dayNumber, dayOf, dayText } from '../../../engine/sales/sale-lines.ts';
import { longestYearly } from '../../../engine/series/occasions.ts';
import { decideDateOrder } from '../date-order.ts';
import { DateReader, dateStyleOf } from '../date-parsing.ts';
import { foldHeader } from '../field-synonyms.ts';
import { listed } from '../import-plan.ts';
import { type Cell, isBlankCell, isBlankRow } from '../table-rows.ts';
import { type FileSample, mostSampled, sampleFile, type SheetSample } from '../table-sample.ts';

export type EventRow = Omit<CalendarEvent, 'id' | 'source'>;

export interface ParsedEvents {
  /** Rows below the header that hold anything; read = rows + setAside. */
  read: number;
  rows: EventRow[];
  setAside: { row: number; reason: string; values: string[] }[];
}

const columnWords = {
  name: 'name|event|event name|title|description|what|occasion|promotion|holiday|label|bezeichnung|titel|beschreibung|anlass|aktion|nom|evenement|libelle|nombre|evento|titolo|nome|naam|omschrijving',
  from: 'from|start|start date|from date|begin|begins|date|day|first day|starts|von|beginn|start datum|startdatum|datum|tag|du|debut|date de debut|desde|inicio|fecha|fecha inicio|da|inizio|data|de|van|begindatum',
  to: 'to|end|end date|to date|until|till|last day|ends|through|bis|ende|enddatum|au|fin|date de fin|hasta|fecha fin|a|fine|ate|fim|tot|einde|einddatum',
  kind: 'kind|type|category|sort|art|typ|kategorie|genre|tipo|categoria|soort',
  everyYear:
    'every year|everyyear|yearly|annual|annually|each year|repeats|repeat|recurring|again|jahrlich|jaehrlich|jedes jahr|wiederholt|chaque annee|annuel|cada ano|anual|ogni anno|annuale|elk jaar|jaarlijks',
};
type Column = keyof typeof columnWords;
const columns = Object.entries(columnWords).map(([column, words]) => ({
  column: column as Column,
  words: words.split('|'),
}));

const kindWords: Record<EventKind, string> = {
  promotion:
    'promotion|promo|promotions|sale|sales|discount|offer|campaign|action|advertising|marketing|coupon|aktion|rabatt|angebot|werbung|kampagne|promocion|oferta|descuento|promozione|offerta|sconto|remise|solde|soldes|publicite|korting|aanbieding',
  special:
    'special|special day|event|holiday|public holiday|feast|fair|market|festival|fete|other|feiertag|fest|messe|markt|besonderer tag|veranstaltung|evenement|jour ferie|fiesta|festivo|feria|evento|festa|fiera|feestdag',
  closed:
    'closed|closure|close|shut|shutdown|vacation|not open|geschlossen|zu|urlaub|betriebsferien|schliessung|ferme|fermeture|conges|cerrado|cierre|vacaciones|chiuso|chiusura|ferie|fechado|gesloten',
};
const kinds = new Map(
  Object.entries(kindWords).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as EventKind])),
);

const yes = new Set('yes|y|true|1|x|ja|j|oui|o|si|s|sim|every year|yearly|annual|annually|jahrlich|wahr'.split('|'));
const no = new Set('no|n|false|0|nein|non|nao|nee|never|once|einmal|falsch'.split('|'));

const longestName = 200;
const headerLookedAt = 20;
const columnsLookedAt = 500;

interface Table {
  header: number;
  rows: Cell[][];
  at: Partial<Record<Column, number>>;
}

/** Folded names of a row → where each stands, the first place last. */
function placesOfNames(row: readonly Cell[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let i = Math.min(row.length, columnsLookedAt) - 1; i >= 0; i--) {
    const name = foldHeader(String(row[i]).slice(0, longestName));
    const known = places.get(name);
    if (known) known.push(i);
    else places.set(name, [i]);
  }
  return places;
}

/** The first row that names a column for the name and one for the date; null without. */
function tableOf({ rows }: SheetSample): Table | null {
  for (let header = 0; header < Math.min(rows.length, headerLookedAt); header++) {
    const places = placesOfNames(rows[header]);
    const at: Partial<Record<Column, number>> = {};
    for (const { column, words } of columns) {
      // The earlier word names the column more surely: "start date" before "date".
      const word = words.find((one) => places.get(one)?.length);
      if (word) at[column] = places.get(word)?.pop();
    }
    if (at.name !== undefined && at.from !== undefined) return { header, rows, at };
  }
  return null;
}

function tableIn(sample: FileSample, fileName: string): Table {
  const sheets = sample.sheets.filter(({ hidden, rows }) => !hidden && rows.some((row) => !isBlankRow(row)));
  for (const sheet of sheets) {
    const table = tableOf(sheet);
    if (!table) continue;
    if (sheet.complete) return table;
    throw new AppError(
      'file-not-understood',
      `${fileName} holds more than ${mostSampled.rows} rows or ${mostSampled.cells} cells. Split it into smaller files.`,
      { fileName },
    );
  }
  const first = sheets[0]?.rows.find((row) => !isBlankRow(row)) ?? [];
  const names = listed(first.filter((cell) => !isBlankCell(cell)).map((cell) => String(cell).slice(0, longestName)));
  throw new AppError(
    'file-not-understood',
    names === ''
      ? `${fileName} holds no rows. A file of events has the columns name, from, to and kind.`
      : `${fileName} has no columns for the name and the first day of an event. Name them “name” and “from” (and “to”, “kind”, “every year” if you like). Its first row holds: ${names}.`,
    { fileName },
  );
}

/** @throws AppError 'file-not-understood' where every date could be day first or month first */
function dateReader({ rows, header, at }: Table, delimiter: string, fileName: string): DateReader {
  const cells = rows
    .slice(header + 1)
    .flatMap((row) => [row[at.from!] ?? '', at.to === undefined ? '' : (row[at.to] ?? '')]);
  const { order, ambiguous } = decideDateOrder(cells, { decimalComma: false, semicolons: delimiter === ';' });
  if (ambiguous) {
    throw new AppError(
      'file-not-understood',
      `The dates of ${fileName} can be read day first or month first, such as “${cells.find((cell) => !isBlankCell(cell))}”. Write them as 2024-12-31.`,
      { fileName },
    );
  }
  return new DateReader(order, dateStyleOf(cells, String(rows[header][at.from!])), false);
}

/** One row as an event, or the reason why it is none. */
function eventOf(row: Cell[], { at }: Table, dates: DateReader): EventRow | string {
  const cell = (column: Column): Cell => (at[column] === undefined ? '' : (row[at[column]] ?? ''));
  const folded = (column: Column): string => foldHeader(String(cell(column)));
  const dayIn = (column: Column): string | null => {
    const seconds = dates.parse(cell(column));
    return Number.isNaN(seconds) ? null : dayText(dayOf(seconds));
  };
  const name = String(cell('name')).replace(/\s+/g, ' ').trim();
  if (name === '') return 'name-missing';
  if (name.length > longestName) return 'name-too-long';
  if (isBlankCell(cell('from'))) return 'date-missing';
  const from = dayIn('from');
  const to = isBlankCell(cell('to')) ? from : dayIn('to');
  if (from === null || to === null) return 'date-invalid';
  if (to < from) return 'to-before-from';
  const kind = isBlankCell(cell('kind')) ? 'special' : kinds.get(folded('kind'));
  if (kind === undefined) return 'kind-unknown';
  const everyYear = !isBlankCell(cell('everyYear')) && yes.has(folded('everyYear'));
  if (!everyYear && !isBlankCell(cell('everyYear')) && !no.has(folded('everyYear'))) return 'every-year-unknown';
  if (everyYear && dayNumber(to) - dayNumber(from) >= longestYearly) return 'yearly-too-long';
  return { name, kind, from, to, everyYear };
}

/**
 * Reads the first sheet with a column for the name and one for the first day; a missing last day is the first day, a
 * missing kind a special day. Rows that cannot be read are set aside with a reason.
 * @throws AppError 'file-not-understood', 'file-not-readable'
 */
export async function readEventFile(file: ImportFile, pause: () => Promise<void>): Promise<ParsedEvents> {
  const sample = await sampleFile(file, {}, pause);
  const table = tableIn(sample, file.name);
  const dates = dateReader(table, sample.delimiter, file.name);
  const parsed: ParsedEvents = { read: 0, rows: [], setAside: [] };
  table.rows.forEach((row, i) => {
    if (i <= table.header || isBlankRow(row)) return;
    parsed.read++;
    const event = eventOf(row, table, dates);
    if (typeof event === 'string') parsed.setAside.push({ row: i + 1, reason: event, values: row.map(String) });
    else parsed.rows.push(event);
  });
  return parsed;
}
