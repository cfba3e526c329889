import { defineChart } from './chart.ts';
import { type SegmentLinesData, segmentLinesOption, segmentLinesTable } from './segment-lines.ts';

/** Average money of an order, month by month, one line per chosen segment. */
export const basketOverTime = defineChart<SegmentLinesData>({
  heightPx: () => 320,
  option: (data, context) =>
    segmentLinesOption(data, context, (one) => one.averageOrder, {
      axis: (value) => context.format.moneyShort(value),
      tooltip: (value) => context.format.money(value),
    }),
  table: (data, context) =>
    segmentLinesTable(
      data,
      context,
      (one) => one.averageOrder,
      (value) => context.format.money(value),
    ),
});
