import type { LifetimeValue } from '../domain.ts';
import { type BarSeries, defineChart } from './chart.ts';
import { emptyOption, frame, legend, nameAxis, tooltip, valueAxis } from './parts.ts';
import { groupName } from './segment-names.ts';

type Segments = LifetimeValue['segments'];

/** Chance of still being a customer and chance to stay away, side by side, one pair of bars per segment. */
export const aliveBySegment = defineChart<Segments>({
  heightPx: (data) => 70 + 34 * Math.max(3, data.filter((one) => one.customers > 0).length),
  option(data, context) {
    const shown = data.filter((one) => one.customers > 0);
    if (shown.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bar = (name: string, colour: string, values: (number | null)[]): BarSeries => ({
      type: 'bar',
      name,
      barMaxWidth: 12,
      itemStyle: { color: colour },
      data: values,
    });
    const alive = t('charts.aliveBySegment.alive');
    const churn = t('charts.aliveBySegment.churn');
    return {
      ...frame(context),
      grid: { left: 8, right: 20, top: 8, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [alive, churn]),
      tooltip: tooltip(context, 'axis', format.share),
      xAxis: valueAxis(context, format.share, { min: 0, max: 1, interval: 0.2 }),
      yAxis: nameAxis(
        context,
        shown.map(({ segment }) => ({ name: groupName(t, 'segments', segment) })),
      ),
      series: [
        bar(
          alive,
          theme.primary,
          shown.map((one) => one.meanAlive),
        ),
        bar(
          churn,
          theme.forecast,
          shown.map((one) => one.meanChurn),
        ),
      ],
    };
  },
  table(data, { t, format }) {
    return {
      columns: [
        t('charts.column.segment'),
        t('charts.column.customers'),
        t('charts.aliveBySegment.alive'),
        t('charts.aliveBySegment.churn'),
        t('charts.aliveBySegment.overdue'),
      ],
      rows: data.map((one) => [
        groupName(t, 'segments', one.segment),
        format.number(one.customers),
        one.customers > 0 ? format.share(one.meanAlive) : format.share(null),
        format.share(one.meanChurn),
        format.number(one.overdue),
      ]),
    };
  },
});
