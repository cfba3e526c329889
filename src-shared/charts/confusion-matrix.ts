import type { TreeExplanation } from '../domain.ts';
import { className } from '../rule-sentence.ts';
import { type CategoryAxis, type Cell, type ChartContext, defineChart, type HeatmapCell } from './chart.ts';
import { categoryAxis, emptyOption, frame, tooltip } from './parts.ts';

/** Above this share of its row a cell is dark enough for letters in the colour of the surface. */
const darkShare = 0.75;

const sumOf = (row: number[]): number => row.reduce((sum, count) => sum + count, 0);

/** Cells of all classes that were tested: [predicted, actual, customers, share of the actual class]. */
function cells({ confusion }: TreeExplanation, { theme }: ChartContext): HeatmapCell[] {
  return confusion.flatMap((row, actual) =>
    row.map((count, predicted): HeatmapCell => {
      const share = count / Math.max(1, sumOf(row));
      return {
        value: [predicted, actual, count, share],
        label: { color: share > darkShare ? theme.surface : theme.text },
      };
    }),
  );
}

function axes(names: string[], context: ChartContext): { xAxis: CategoryAxis; yAxis: CategoryAxis } {
  const { theme, t } = context;
  const title: CategoryAxis = {
    nameLocation: 'middle',
    nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
  };
  const label: CategoryAxis['axisLabel'] = {
    color: theme.muted,
    fontFamily: theme.fontFamily,
    fontSize: theme.fontSize,
    interval: 0,
  };
  return {
    xAxis: categoryAxis(context, names, {
      ...title,
      name: t('charts.confusionMatrix.predicted'),
      nameGap: 12,
      position: 'top',
      axisLabel: { ...label, rotate: names.length > 4 ? 45 : 0, width: 110, overflow: 'truncate' },
    }),
    yAxis: categoryAxis(context, names, {
      ...title,
      name: t('charts.confusionMatrix.actual'),
      nameGap: 12,
      inverse: true,
      axisLabel: { ...label, width: 120, overflow: 'truncate' },
    }),
  };
}

/** Held-out customers by the group they are in (rows) and the group the rules name (columns); right ones on the diagonal. */
export const confusionMatrix = defineChart<TreeExplanation>({
  heightPx: ({ classes }) => 140 + 28 * Math.max(2, classes.length),
  option(tree, context) {
    if (tree.heldOut === 0 || tree.confusion.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const names = tree.classes.map((id) => className(t, tree.basis, id));
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      tooltip: tooltip(context, 'item'),
      ...axes(names, context),
      visualMap: {
        show: false,
        dimension: 3,
        min: 0,
        max: 1,
        inRange: { color: [theme.surface, theme.primary] },
      },
      series: [
        {
          type: 'heatmap',
          // In one go, on the canvas of the axes.
          progressive: 0,
          name: t('charts.confusionMatrix.title'),
          data: cells(tree, context),
          itemStyle: { borderColor: theme.grid, borderWidth: 1 },
          label: {
            show: true,
            fontFamily: theme.fontFamily,
            fontSize: theme.fontSize,
            formatter: (cell) => {
              const [, , count] = cell.value as number[];
              return count === 0 ? '' : format.number(count);
            },
          },
          tooltip: {
            formatter: (cell) => {
              const [predicted, actual, count] = (cell as Cell).value as number[];
              return t('charts.confusionMatrix.cell', {
                actual: names[actual],
                predicted: names[predicted],
                customers: format.number(count),
              });
            },
          },
        },
      ],
    };
  },
  table(tree, { t, format }) {
    const names = tree.classes.map((id) => className(t, tree.basis, id));
    return {
      columns: [
        t('charts.confusionMatrix.actual'),
        ...names.map((name) => t('charts.confusionMatrix.named', { name })),
        t('charts.confusionMatrix.all'),
      ],
      rows: tree.confusion.map((row, actual) => [
        names[actual],
        ...row.map((count) => format.number(count)),
        format.number(sumOf(row)),
      ]),
    };
  },
});
