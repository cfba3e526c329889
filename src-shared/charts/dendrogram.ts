import type { ClusterResult, Dendrogram } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type MarkLine } from './chart.ts';
import { axisName } from './cluster-scatter.ts';
import { categoryAxis, emptyOption, frame, tooltip, valueAxis } from './parts.ts';

/** Where a node stands: the middle of its leaves, at the height of its merge. */
interface Node {
  x: number;
  height: number;
}

function nodesOf({ leaves, merges }: Dendrogram): Node[] {
  const nodes: Node[] = leaves.map((_, x) => ({ x, height: 0 }));
  for (const { left, right, height } of merges) nodes.push({ x: (nodes[left].x + nodes[right].x) / 2, height });
  return nodes;
}

/** The height between the last merge that k groups keep and the first that they undo. */
export function cutHeight({ leaves, merges }: Dendrogram, k: number): number | null {
  if (k < 2 || k > leaves.length) return null;
  const heights = merges.map(({ height }) => height).sort((a, b) => a - b);
  const undone = heights[leaves.length - k];
  const kept = leaves.length - k - 1 < 0 ? 0 : heights[leaves.length - k - 1];
  return (kept + undone) / 2;
}

/** Every merge as a bracket: up from the left branch, across, down to the right one; null lifts the pen. */
function brackets(tree: Dendrogram, wanted: (height: number) => boolean): (number | null)[][] {
  const nodes = nodesOf(tree);
  return tree.merges
    .filter(({ height }) => wanted(height))
    .flatMap(({ left, right, height }) => [
      [nodes[left].x, nodes[left].height],
      [nodes[left].x, height],
      [nodes[right].x, height],
      [nodes[right].x, nodes[right].height],
      [null, null],
    ]);
}

function branches(tree: Dendrogram, cut: number | null, context: ChartContext): LineSeries[] {
  const { theme, t } = context;
  const line = (name: string, colour: string, width: number, data: (number | null)[][]): LineSeries => ({
    type: 'line',
    name,
    showSymbol: false,
    connectNulls: false,
    silent: true,
    lineStyle: { color: colour, width },
    itemStyle: { color: colour },
    data,
  });
  const inside = brackets(tree, (height) => cut !== null && height <= cut);
  const between = brackets(tree, (height) => cut === null || height > cut);
  return [
    line(t('charts.dendrogram.between'), theme.mark, 1.5, between),
    line(t('charts.dendrogram.inside'), theme.primary, 2, inside),
  ];
}

/** Ward's tree: who is merged with whom, at which distance, and where the tree is cut for the chosen k. */
export const dendrogram = defineChart<ClusterResult>({
  heightPx: () => 360,
  option(result, context) {
    const tree = result.dendrogram;
    if (!tree || tree.merges.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const cut = cutHeight(tree, result.k);
    const [first, ...others] = branches(tree, cut, context);
    const cutLine: MarkLine = {
      symbol: 'none',
      silent: true,
      animation: false,
      lineStyle: { color: theme.forecast, type: 'dashed', width: 2 },
      label: {
        position: 'insideEndTop',
        formatter: t('charts.dendrogram.cut', { k: result.k }),
        color: theme.text,
        fontFamily: theme.fontFamily,
        fontSize: theme.fontSize,
      },
      data: cut === null ? [] : [{ yAxis: cut }],
    };
    const label = { fontFamily: theme.fontFamily, fontSize: theme.fontSize, color: theme.muted };
    return {
      ...frame(context),
      grid: { left: 24, right: 16, top: 16, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      tooltip: tooltip(context, 'item', format.number),
      xAxis: [
        { type: 'value', show: false, min: -0.5, max: tree.leaves.length - 0.5 },
        categoryAxis(
          context,
          tree.leaves.map((customers) => format.number(customers)),
          {
            position: 'bottom',
            ...axisName(context, t('charts.dendrogram.leaves')),
            axisLabel: { ...label, rotate: tree.leaves.length > 12 ? 90 : 0, hideOverlap: true },
          },
        ),
      ],
      yAxis: valueAxis(context, format.number, axisName(context, t('charts.dendrogram.distance'))),
      series: [
        { ...first, markLine: cutLine },
        ...others,
        // The library draws the second axis only for a series that uses it.
        { type: 'line', xAxisIndex: 1, silent: true, showSymbol: false, data: [] },
      ],
    };
  },
  table(result, { t, format }) {
    const tree = result.dendrogram;
    const groups = tree ? tree.leaves.length : 0;
    return {
      columns: [
        t('charts.dendrogram.groups'),
        t('charts.dendrogram.distance'),
        t('charts.column.customers'),
        t('charts.column.remark'),
      ],
      rows: (tree?.merges ?? [])
        .map(({ height, customers }, i) => [
          `${format.number(groups - i)} → ${format.number(groups - i - 1)}`,
          format.decimal(height, 3),
          format.number(customers),
          groups - i === result.k ? t('charts.dendrogram.cut', { k: result.k }) : '',
        ])
        .reverse(),
    };
  },
});
