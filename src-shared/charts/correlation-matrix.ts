import type { Distributions } from '../domain.ts';
import { defineChart, type HeatmapCell } from './chart.ts';
import { heatColours, heatText } from './heat-colours.ts';
import { categoryAxis, emptyOption, frame, tooltip } from './parts.ts';

export type CorrelationData = Pick<Distributions, 'measures' | 'correlation'>;

const digits = 2;
const acrossPx = 84;
const downPx = 200;

/** Rank correlation of every pair of figures; blue rises together, orange moves against each other. */
export const correlationMatrix = defineChart<CorrelationData>({
  heightPx: ({ measures }) => 100 + 36 * Math.max(measures.length, 3),
  widthPx: ({ measures }) => 200 + 90 * measures.length,
  option({ measures, correlation }, context) {
    if (correlation.every((row) => row.every((value) => value === null))) return emptyOption(context);
    const { theme, format, t } = context;
    const names = measures.map(({ label }) => label);
    const letters = { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    const cells = correlation.flatMap((row, y) =>
      row.flatMap((value, x): HeatmapCell[] =>
        value === null
          ? []
          : [
              {
                value: [x, y, value],
                name: t('charts.correlationMatrix.cell', {
                  a: names[y],
                  b: names[x],
                  value: format.decimal(value, digits),
                }),
                label: { formatter: format.decimal(value, digits), color: heatText(theme, Math.abs(value)) },
              },
            ],
      ),
    );
    const short = { overflow: 'truncate', interval: 0 } as const;
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: { ...tooltip(context, 'item'), formatter: '{b}' },
      visualMap: { show: false, min: -1, max: 1, dimension: 2, inRange: { color: heatColours(theme).signed } },
      xAxis: categoryAxis(context, names, {
        axisLine: { show: false },
        axisLabel: { ...letters, interval: 0, width: acrossPx, overflow: 'break' },
      }),
      yAxis: categoryAxis(context, names, {
        inverse: true,
        axisLine: { show: false },
        axisLabel: { ...letters, ...short, width: downPx },
      }),
      series: [
        {
          type: 'heatmap',
          // In one go, on the canvas of the axes.
          progressive: 0,
          name: t('charts.correlationMatrix.title'),
          data: cells,
          label: { show: true, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
          itemStyle: { borderColor: theme.surface, borderWidth: 1 },
        },
      ],
    };
  },
  table({ measures, correlation }, { t, format }) {
    return {
      columns: [t('charts.rfmDistributions.feature'), ...measures.map(({ label }) => label)],
      rows: measures.map(({ label }, y) => [label, ...correlation[y].map((value) => format.decimal(value, digits))]),
    };
  },
});
