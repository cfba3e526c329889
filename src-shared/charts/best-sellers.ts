import type { BestSellers } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';
import { segmentColours } from './segment-colours.ts';

type Segment = BestSellers['segments'][number];
type Product = Segment['products'][number];

const nameOf = ({ product, description }: Product): string => description.trim() || product;

/** Best sellers of one segment, in its colour, with the index against all customers beside the revenue. */
export const bestSellers = defineChart<Segment>({
  heightPx: ({ products }) => rowsHeightPx(products.length),
  option({ segment, products }, context) {
    if (products.length === 0) return emptyOption(context);
    const { t, format } = context;
    const bars = products.map((one) => ({
      name: nameOf(one),
      value: one.revenue,
      label: t('charts.bestSellers.label', {
        revenue: format.moneyShort(one.revenue),
        index: format.decimal(one.index, 1),
      }),
      colour: segmentColours[segment],
    }));
    return barRows(context, bars, t('charts.column.revenue'), format.money);
  },
  table({ products }, { t, format }) {
    return {
      columns: [
        t('charts.column.product'),
        t('charts.column.description'),
        t('charts.column.revenue'),
        t('charts.column.units'),
        t('charts.bestSellers.customers'),
        t('charts.bestSellers.share'),
        t('charts.bestSellers.index'),
      ],
      rows: products.map((one) => [
        one.product,
        one.description,
        format.money(one.revenue),
        format.number(one.units),
        format.number(one.customers),
        format.share(one.share),
        format.decimal(one.index, 2),
      ]),
    };
  },
});
