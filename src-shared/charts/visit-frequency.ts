import { defineChart } from './chart.ts';
import { type SegmentLinesData, segmentLinesOption, segmentLinesTable } from './segment-lines.ts';

const digits = 2;

/** Orders per customer with an order, month by month, one line per chosen segment. */
export const visitFrequency = defineChart<SegmentLinesData>({
  heightPx: () => 320,
  option: (data, context) =>
    segmentLinesOption(data, context, (one) => one.ordersPerCustomer, {
      axis: (value) => context.format.number(value),
      tooltip: (value) => context.format.decimal(value, digits),
    }),
  table: (data, context) =>
    segmentLinesTable(
      data,
      context,
      (one) => one.ordersPerCustomer,
      (value) => context.format.decimal(value, digits),
    ),
});
