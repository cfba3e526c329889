import type { ForecastPartId, ForecastResult } from '../domain.ts';
import { componentsOf } from '../forecast-components.ts';
import { type ChartContext, defineChart, type Series } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';
import { clusterColour } from './segment-colours.ts';

type Data = Pick<ForecastResult, 'drivers' | 'points' | 'frequency'>;

const colourOf: Record<ForecastPartId, string> = {
  trend: clusterColour(1),
  weekly: clusterColour(2),
  yearly: clusterColour(3),
  holidays: clusterColour(4),
  events: clusterColour(8),
  recent: clusterColour(5),
};

export const componentName = (t: ChartContext['t'], part: ForecastPartId): string =>
  t(`charts.forecastComponents.part.${part}`);

/** What each part adds to every period of the forecast, stacked: together they are the dashed line. */
export const forecastComponents = defineChart<Data>({
  heightPx: () => 320,
  option({ drivers, points, frequency }, context) {
    const components = componentsOf({ drivers, points });
    if (components.length === 0 || points.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const total = t('charts.forecast.forecast');
    const write = (day: string) => (frequency === 'month' ? format.month(day) : format.dayShort(day));
    const series: Series[] = components.map(
      ({ part, values }): Series => ({
        type: 'bar',
        name: componentName(t, part),
        stack: 'parts',
        barMaxWidth: 28,
        barCategoryGap: '15%',
        itemStyle: { color: colourOf[part] },
        data: values,
      }),
    );
    series.push({
      type: 'line',
      name: total,
      showSymbol: points.length < 40,
      symbolSize: 4,
      z: 4,
      lineStyle: { color: theme.text, width: 1.5, type: 'dashed' },
      itemStyle: { color: theme.text },
      // Closed days are 0 by rule: the line goes on over them.
      connectNulls: true,
      data: points.map(({ mean, closed }) => (closed ? null : mean)),
    });
    const axis = categoryAxis(
      context,
      points.map(({ date }) => date),
    );
    return {
      ...frame(context),
      grid: { left: 8, right: 16, top: 12, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [...components.map(({ part }) => componentName(t, part)), total]),
      tooltip: tooltip(context, 'axis', format.money),
      xAxis: { ...axis, axisLabel: { ...axis.axisLabel, formatter: write } },
      yAxis: valueAxis(context, format.moneyShort),
      series,
    };
  },
  table({ drivers, points }, { t, format }) {
    const components = componentsOf({ drivers, points });
    return {
      columns: [
        t('charts.column.date'),
        t('charts.forecast.forecast'),
        ...components.map(({ part }) => componentName(t, part)),
      ],
      rows: points.map(({ date, mean }, j) => [
        format.day(date),
        format.money(mean),
        ...components.map(({ values }) => format.money(values[j])),
      ]),
    };
  },
});
