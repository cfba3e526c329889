/** What a table is and which column each field is read from: proposed, and corrected by the user. */
import type { Field, TableKind } from '../../../src-shared/domain.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Mapping } from './field-candidates.ts';
import { tableKinds } from './kinds/registry.ts';
import type { Proposals } from './kinds/table-kind.ts';
import type { Pace } from './pace.ts';

export interface MappingProposal {
  kind: TableKind;
  mapping: Mapping;
  /** Fields found by content alone: worth the user's look. */
  guessed: Field[];
}

/**
 * What the table is and which column each field is read from, by headers in several languages and by content.
 * No column serves two fields.
 * @param chosen the kind the user chose; null to find it
 * @param headerless the file has no header row, so that only content speaks
 */
export async function proposeMapping(
  columns: readonly ColumnProfile[],
  chosen: TableKind | null,
  headerless: boolean,
  pace: Pace,
): Promise<MappingProposal> {
  const proposals: Proposals = {};
  const ids = Object.keys(tableKinds) as TableKind[];
  for (const id of ids) proposals[id] = await tableKinds[id].propose(columns, headerless, pace, proposals);
  // The more special ones come later in the registry and are asked first; sales are what is left.
  const kind = chosen ?? ids.findLast((id) => tableKinds[id].isOne(columns, proposals)) ?? ids[0];
  const { mapping, guessed } = proposals[kind]!;
  return { kind, mapping, guessed };
}

/** The proposal with the user's corrections: a column the user gives to a field is taken from any other. */
export function correctMapping(
  mapping: Mapping,
  headers: readonly string[],
  corrections: Partial<Record<string, string | null>>,
): Mapping {
  const corrected: Mapping = { ...mapping };
  for (const [field, header] of Object.entries(corrections)) {
    if (header === undefined) continue;
    delete corrected[field as Field];
    if (header === null) continue;
    const index = headers.indexOf(header);
    for (const [other, at] of Object.entries(corrected)) {
      if (at === index && corrections[other] !== header) delete corrected[other as Field];
    }
    corrected[field as Field] = index;
  }
  return corrected;
}

/** Fields without which an import of this kind cannot start. */
export const missingFields = (kind: TableKind, mapping: Mapping): Field[] => tableKinds[kind].missing(mapping);
