import { createRng } from '../numeric/rng.ts';
import { firstDay, isOpen, lastDay } from './calendar.ts';
import { dirtyRows, freeLines, identicalLines } from './parameters.ts';

export type DirtyReason = keyof typeof dirtyRows;

/** A row added on purpose beside the good ones. */
export type PlantedRow =
  | { kind: 'identical' }
  | { kind: 'sample' }
  | { kind: 'write-off' }
  /** `variant` counts the rows of a reason, so that the same reason shows in several ways. */
  | { kind: 'spoiled'; reason: DirtyReason; variant: number };

const times = (count: number, row: (i: number) => PlantedRow): PlantedRow[] =>
  Array.from({ length: count }, (_, i) => row(i));

/** All planted rows by day (days since 1970-01-01), on open days drawn with the seed. */
export function plantedRows(seed: number): Map<number, PlantedRow[]> {
  const rng = createRng(seed * 8 + 5);
  const rows = [
    ...times(identicalLines, () => ({ kind: 'identical' })),
    ...times(freeLines.samples, () => ({ kind: 'sample' })),
    ...times(freeLines.writeOffs, () => ({ kind: 'write-off' })),
    ...Object.entries(dirtyRows).flatMap(([reason, count]) =>
      times(count, (variant) => ({ kind: 'spoiled', reason: reason as DirtyReason, variant })),
    ),
  ];
  const planted = new Map<number, PlantedRow[]>();
  for (const row of rows) {
    let day = firstDay;
    do day = firstDay + rng.below(lastDay - firstDay + 1);
    while (!isOpen(day));
    planted.set(day, [...(planted.get(day) ?? []), row]);
  }
  return planted;
}
