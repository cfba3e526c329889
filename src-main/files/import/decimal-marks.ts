import type { DecimalMark, ImportOptions } from '../../../src-shared/domain.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Mapping } from './field-candidates.ts';
import { markOf, noEvidence } from './number-parsing.ts';

/** Decimal mark per column: its own evidence, else that of the file's other numbers, else what the group lengths suggest. */
export function decideMarks(
  columns: readonly ColumnProfile[],
  mapping: Mapping,
  options: ImportOptions,
): DecimalMark[] {
  if (options.decimalMark) return columns.map(() => options.decimalMark as DecimalMark);
  const all = noEvidence();
  const mapped = new Set(Object.values(mapping));
  for (const { evidence, index, numbers } of columns) {
    if (numbers < 0.5 || !mapped.has(index)) continue;
    all.point += evidence.point;
    all.comma += evidence.comma;
  }
  return columns.map(({ evidence, cells }) => {
    const own = markOf(evidence) ?? markOf(all);
    if (own) return own;
    if (evidence.either === 0) return '.';
    const sample = cells.find((cell) => typeof cell === 'string' && /\d[.,]\d{3}\s*$/.test(cell)) as string | undefined;
    const mark: DecimalMark = sample?.includes(',') ? ',' : '.';
    // 950 beside 1.234: thousands, for decimals would stand on every number.
    return evidence.plain > 0 || mark === ',' ? (mark === '.' ? ',' : '.') : mark;
  });
}
