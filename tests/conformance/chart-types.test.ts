/** A chart's option is of the chart library's own types: `npm run types` fails when one of these lines compiles. */
import { expect, it } from 'vitest';
import type { BarSeries, CategoryAxis, ChartOption } from '../../src-shared/charts/chart.ts';

it('a misspelt key, a wrong word and a kind that is not loaded do not compile', () => {
  const sound: ChartOption = {
    tooltip: { trigger: 'axis', confine: true },
    xAxis: { type: 'category', boundaryGap: false },
    series: [{ type: 'bar', barMaxWidth: 18, data: [1, 2] }],
  };
  const refused: ChartOption[] = [
    // @ts-expect-error an option has a tooltip
    { tooltipp: { trigger: 'axis' } },
    // @ts-expect-error a tooltip has a trigger
    { tooltip: { triger: 'axis' } },
    // @ts-expect-error a bar has a barMaxWidth
    { series: [{ type: 'bar', barMaxWdith: 18 }] },
    // @ts-expect-error a line is solid, dashed or dotted
    { series: [{ type: 'line', lineStyle: { type: 'dahsed' } }] },
    // @ts-expect-error the screens load no funnel
    { series: [{ type: 'funnel', data: [] }] },
  ];
  // @ts-expect-error a label has a position
  const bar: BarSeries = { type: 'bar', data: [1], label: { show: true, postion: 'right' } };
  // @ts-expect-error an axis has an axisLabel
  const axis: CategoryAxis = { axisLable: { show: false } };
  expect([sound, ...refused, bar, axis]).toHaveLength(8);
});
