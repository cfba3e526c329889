import type { DecimalMark, Field, ImportOptions, Note, TableKind } from '../../../../src-shared/domain.ts';
import type { ParsedImport } from '../../../engine/sales/parsed-import.ts';
import type { ColumnProfile } from '../column-profile.ts';
import type { FieldWords, Mapping } from '../field-candidates.ts';
import type { AmountMode, ImportPlan, TableBuilder } from '../import-plan.ts';
import type { Pace } from '../pace.ts';
import type { Cell } from '../table-rows.ts';

export interface Proposal {
  mapping: Mapping;
  /** Fields found by content alone. */
  guessed: Field[];
}

/** What each kind makes of a table; while they are made, those that come earlier in the registry. */
export type Proposals = Partial<Record<TableKind, Proposal>>;

/** A kind of table: all that reading one needs to know of it. */
export interface TableKindDefinition extends FieldWords {
  /** Fields that hold dates, the surest first. */
  dates: readonly Field[];
  /** Fields whose decimal mark is decided before the rows are read. */
  numbers: readonly Field[];
  /** Fields that may be missing, as a sentence names them: "a date". */
  asked: Partial<Record<Field, string>>;
  /** Fields without which an import cannot start. */
  missing(mapping: Mapping): Field[];
  propose(
    columns: readonly ColumnProfile[],
    headerless: boolean,
    pace: Pace,
    earlier: Proposals,
  ): Promise<Proposal> | Proposal;
  /** Whether a table is of this kind, as all proposals show it. */
  isOne(columns: readonly ColumnProfile[], proposals: Proposals): boolean;
  /** Takes back a proposal that the contents speak against, and says so. */
  correct?(columns: readonly ColumnProfile[], mapping: Mapping, chosen: ImportOptions['mapping']): Note[];
  /** What the revenue of a row is; without, the amount it states. */
  amountMode?(data: readonly Cell[][], mapping: Mapping, marks: DecimalMark[]): AmountMode;
  /** What else of a plan deserves a look. */
  doubts?(plan: ImportPlan): Note[];
  builder(plan: ImportPlan): TableBuilder<ParsedImport>;
}
