/** Which column may be which field of a kind of table, by its header. */
import type { Field } from '../../../src-shared/domain.ts';
import type { ColumnProfile } from './column-profile.ts';
import { withoutTaxRemark } from './header-words.ts';
import { headerScore } from './header-score.ts';
import type { Pace } from './pace.ts';

/** field → index of the column it is read from. */
export type Mapping = Partial<Record<Field, number>>;

/** Fields of a kind of table and how their columns are known. */
export interface FieldWords {
  /**
   * Header words per field, folded (lower case, no accents, words apart), the surest first.
   * English, German, French, Spanish, Italian, Portuguese, Dutch, and the usual shop and till exports.
   */
  synonyms: Partial<Record<Field, string>>;
  /** Whether the cells can be what the field needs; a field without a test is text. */
  tests: Partial<Record<Field, (column: ColumnProfile) => boolean>>;
}

/** Columns with something in them that no field is read from. */
export const unused = (columns: readonly ColumnProfile[], mapping: Mapping): ColumnProfile[] => {
  const taken = new Set(Object.values(mapping));
  return columns.filter((column) => !taken.has(column.index) && column.filled > 0);
};

export const isDates = (column: ColumnProfile): boolean => column.dates >= 0.5;
export const isNumbers = (column: ColumnProfile): boolean => column.numbers >= 0.5;
const isText = (column: ColumnProfile): boolean => !(column.dates >= 0.9 && column.numbers < 0.5);

/** Whether the cells can be what the field needs; an empty sample decides nothing. */
const contentFits = ({ tests }: FieldWords, field: Field, column: ColumnProfile): boolean =>
  column.filled === 0 || (tests[field] ?? isText)(column);

interface Candidate {
  field: Field;
  index: number;
  score: number;
}

function bestAssignment(candidates: Candidate[]): Mapping {
  const mapping: Mapping = {};
  const taken = new Set<number>();
  for (const { field, index } of candidates.sort((a, b) => b.score - a.score || a.index - b.index)) {
    if (mapping[field] !== undefined || taken.has(index)) continue;
    mapping[field] = index;
    taken.add(index);
  }
  return mapping;
}

async function candidatesFor(columns: readonly ColumnProfile[], kind: FieldWords, pace: Pace): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const folded = columns.map((column) => column.folded);
  const lineItems = folded.includes('lineitem name');
  const paidOut = folded.some((header) => /^((selling|processing|transaction|payment) )?fees?$/.test(header));
  const fields = Object.entries(kind.synonyms) as [Field, string][];
  for (const column of columns) {
    if (pace.due(fields.length)) await pace.pause();
    const { words: header, includesTax } = withoutTaxRemark(column.folded);
    for (const [field, words] of fields) {
      // Of two sums, the one without tax.
      let score = headerScore(header, words) - (includesTax ? 5 : 0);
      // Shopify calls the order's number "Name" and writes the order's own sums only on its first line.
      if (lineItems && header === 'name') score = field === 'invoice' ? 100 : 0;
      if (lineItems && field === 'amount') score = 0;
      // Beside the fees of a payment service, the net is what it paid out and not what was sold.
      if (paidOut && field === 'amount' && /^net( total| amount)?$/.test(header)) score = 0;
      if (score <= 0 || !contentFits(kind, field, column)) continue;
      candidates.push({ field, index: column.index, score: column.filled === 0 ? score - 40 : score });
    }
  }
  return candidates;
}

/** The columns that headers give to the fields of a kind; no column serves two fields. */
export const assignByHeader = async (
  columns: readonly ColumnProfile[],
  kind: FieldWords,
  pace: Pace,
): Promise<Mapping> => bestAssignment(await candidatesFor(columns, kind, pace));
