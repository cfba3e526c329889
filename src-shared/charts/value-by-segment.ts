import type { LifetimeValue } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { groupName } from './segment-names.ts';

type Segments = LifetimeValue['segments'];

/** What each segment is likely to bring, in the order of the segments; the average customer is in the table. */
export const valueBySegment = defineChart<Segments>({
  heightPx: (data) => rowsHeightPx(data.filter((one) => one.customers > 0).length),
  option(data, context) {
    const shown = data.filter((one) => one.customers > 0);
    if (shown.length === 0) return emptyOption(context);
    const { t, format } = context;
    return barRows(
      context,
      shown.map(({ segment, predicted }) => ({
        name: groupName(t, 'segments', segment),
        value: predicted,
        label: format.moneyShort(predicted),
        colour: segmentColours[segment],
      })),
      t('charts.valueBySegment.total'),
      format.money,
    );
  },
  table(data, { t, format }) {
    return {
      columns: [
        t('charts.column.segment'),
        t('charts.column.customers'),
        t('charts.valueBySegment.total'),
        t('charts.valueBySegment.average'),
      ],
      rows: data.map((one) => [
        groupName(t, 'segments', one.segment),
        format.number(one.customers),
        format.money(one.predicted),
        format.money(one.averagePredicted),
      ]),
    };
  },
});
