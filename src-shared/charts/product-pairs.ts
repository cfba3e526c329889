import type { ProductPair } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

/** More would not be read. */
const shownPairs = 15;

const nameOf = ({ product, description }: ProductPair['a']): string => description.trim() || product;

/** Pairs by lift in the order given, with the number of orders beside the bar. */
export const productPairs = defineChart<ProductPair[]>({
  heightPx: (pairs) => rowsHeightPx(Math.min(pairs.length, shownPairs)),
  widthPx: () => 640,
  option(pairs, context) {
    if (pairs.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bars = pairs.slice(0, shownPairs).map((pair) => ({
      name: t('charts.productPairs.pair', { a: nameOf(pair.a), b: nameOf(pair.b) }),
      value: pair.lift,
      label: t('charts.productPairs.label', { lift: format.decimal(pair.lift, 1), orders: format.number(pair.orders) }),
      colour: theme.primary,
    }));
    const option = barRows(context, bars, t('charts.productPairs.lift'), (value) => format.decimal(value, 1));
    const axis = option.yAxis as { axisLabel: Record<string, unknown> };
    return {
      ...option,
      // Two names need more room than one.
      yAxis: { ...axis, axisLabel: { ...axis.axisLabel, width: 260 } },
      grid: { ...(option.grid as Record<string, unknown>), right: 120 },
    };
  },
  table(pairs, { t, format }) {
    return {
      columns: [
        t('charts.productPairs.first'),
        t('charts.productPairs.second'),
        t('charts.productPairs.orders'),
        t('charts.productPairs.support'),
        t('charts.productPairs.confidence'),
        t('charts.productPairs.lift'),
      ],
      rows: pairs.map((pair) => [
        nameOf(pair.a),
        nameOf(pair.b),
        format.number(pair.orders),
        format.share(pair.support),
        format.share(pair.confidenceAToB),
        format.decimal(pair.lift, 2),
      ]),
    };
  },
});
