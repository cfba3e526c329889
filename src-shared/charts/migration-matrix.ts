import type { MovementFlow, SegmentMigration } from '../domain.ts';
import { type CategoryAxis, type Cell, type ChartContext, defineChart } from './chart.ts';
import { movementStates, stateLabel } from './movement-states.ts';
import { categoryAxis, emptyOption, frame, tooltip } from './parts.ts';

/** Beyond this the cell is dark enough for letters in the colour of the surface. */
const darkAt = 0.6;

/** Rows and columns: the states that any flow has, in the order of the segments. */
function axesOf(flows: MovementFlow[]) {
  const known = new Set<string>(flows.flatMap(({ from, to }) => [from, to]));
  const rows = movementStates.filter((state) => known.has(state));
  return { rows, columns: rows.filter((state) => state !== 'absent') };
}

/** −1 many went down … 0 stayed or new … 1 many went up; by the root, so that small flows are seen beside large ones. */
function shade({ from, to, customers }: MovementFlow, most: number): number {
  if (from === 'absent') return 0;
  return Math.sign(movementStates.indexOf(from) - movementStates.indexOf(to)) * Math.sqrt(customers / most);
}

function axis(context: ChartContext, names: string[], name: string, more: CategoryAxis): CategoryAxis {
  const { theme } = context;
  const letters = { fontFamily: theme.fontFamily, fontSize: theme.fontSize };
  const { axisLabel, ...rest } = more;
  return categoryAxis(context, names, {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: theme.text, fontWeight: 'bold', ...letters },
    axisLabel: { color: theme.text, interval: 0, overflow: 'truncate', ...letters, ...axisLabel },
    splitArea: { show: false },
    ...rest,
  });
}

/** Customers by segment at the earlier date (rows) and at the later date (columns). */
export const migrationMatrix = defineChart<SegmentMigration>({
  widthPx: ({ flows }) => 170 + 44 * axesOf(flows).columns.length,
  heightPx: ({ flows }) => 150 + 28 * Math.max(2, axesOf(flows).rows.length),
  option({ flows }, context) {
    if (flows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const { rows, columns } = axesOf(flows);
    const most = Math.max(...flows.map(({ customers }) => customers));
    const names = (states: readonly (typeof rows)[number][]) => states.map((state) => stateLabel(t, state));
    return {
      ...frame(context),
      grid: { left: 24, right: 12, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      tooltip: tooltip(context, 'item'),
      xAxis: axis(context, names(columns), t('charts.migrationMatrix.to'), {
        position: 'top',
        nameGap: 8,
        axisLabel: { rotate: columns.length > 4 ? 45 : 0, width: 110 },
      }),
      yAxis: axis(context, names(rows), t('charts.migrationMatrix.from'), {
        inverse: true,
        nameGap: 8,
        axisLabel: { width: 130 },
      }),
      visualMap: {
        show: false,
        dimension: 3,
        min: -1,
        max: 1,
        inRange: { color: [theme.forecast, theme.surface, theme.primary] },
      },
      series: [
        {
          type: 'heatmap',
          // In one go, on the canvas of the axes.
          progressive: 0,
          name: t('charts.migrationMatrix.customers'),
          data: flows.map((flow) => {
            const tint = shade(flow, most);
            return {
              value: [columns.indexOf(flow.to), rows.indexOf(flow.from), flow.customers, tint],
              label: { color: Math.abs(tint) > darkAt ? theme.surface : theme.text },
            };
          }),
          itemStyle: { borderColor: theme.grid, borderWidth: 1 },
          label: {
            show: true,
            fontFamily: theme.fontFamily,
            fontSize: theme.fontSize,
            formatter: ({ value }) => format.number((value as number[])[2]),
          },
          tooltip: { formatter: (cell) => told(flows[(cell as Cell).dataIndex], context) },
        },
      ],
    };
  },
  table({ flows }, { t, format }) {
    return {
      columns: ['from', 'to', 'customers', 'becauseOfOthers', 'revenueBefore', 'revenueAfter'].map((id) =>
        t(`charts.migrationMatrix.${id}`),
      ),
      rows: flows.map((flow) => [
        stateLabel(t, flow.from),
        stateLabel(t, flow.to),
        format.number(flow.customers),
        format.number(flow.becauseOfOthers),
        format.money(flow.revenueBefore),
        format.money(flow.revenueAfter),
      ]),
    };
  },
});

/** The texts come from the catalogue alone, so nothing needs escaping. */
const told = ({ from, to, customers }: MovementFlow, { t, format }: ChartContext): string =>
  `${stateLabel(t, from)} → ${stateLabel(t, to)}: ${format.number(customers)}`;
