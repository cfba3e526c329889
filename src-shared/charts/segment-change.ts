import type { SegmentMigration } from '../domain.ts';
import { type BarSeries, defineChart } from './chart.ts';
import { emptyOption, frame, nameAxis, tooltip, valueAxis } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { groupName } from './segment-names.ts';
import { signedNumber } from './signed.ts';

/** Customers in each segment at both dates, side by side. */
export const segmentChange = defineChart<SegmentMigration>({
  heightPx: ({ change }) => 40 + 43 * Math.max(3, change.length),
  option({ change }, context) {
    const shown = change.filter(({ before, after }) => before + after > 0);
    if (shown.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const names = shown.map(({ segment }) => ({ name: groupName(t, 'segments', segment) }));
    const letters = { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    const bars: BarSeries = { type: 'bar', barMaxWidth: 14, barGap: '0%' };
    return {
      ...frame(context),
      grid: { left: 8, right: 96, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'axis', format.number),
      xAxis: valueAxis(context, format.number, { axisLabel: { show: false }, splitLine: { show: false } }),
      yAxis: nameAxis(context, names),
      series: [
        {
          ...bars,
          name: t('charts.segmentChange.before'),
          data: shown.map(({ segment, before }) => ({
            value: before,
            itemStyle: { color: segmentColours[segment], opacity: 0.4 },
          })),
        },
        {
          ...bars,
          name: t('charts.segmentChange.after'),
          label: { show: true, position: 'right', ...letters },
          data: shown.map(({ segment, before, after }) => ({
            value: after,
            itemStyle: { color: segmentColours[segment] },
            label: { formatter: `${format.number(after)} (${signedNumber(format, after - before)})` },
          })),
        },
      ],
    };
  },
  table({ change }, { t, format }) {
    return {
      columns: [
        t('charts.column.segment'),
        t('charts.segmentChange.before'),
        t('charts.segmentChange.after'),
        t('charts.segmentChange.change'),
        t('charts.migrationMatrix.revenueBefore'),
        t('charts.migrationMatrix.revenueAfter'),
      ],
      rows: change.map((row) => [
        groupName(t, 'segments', row.segment),
        format.number(row.before),
        format.number(row.after),
        signedNumber(format, row.after - row.before),
        format.money(row.revenueBefore),
        format.money(row.revenueAfter),
      ]),
    };
  },
});
