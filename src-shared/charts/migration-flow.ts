import type { MovementState, SegmentMigration } from '../domain.ts';
import { type ChartContext, type Datum, defineChart, type SankeySeries } from './chart.ts';
import { movementStates, stateLabel } from './movement-states.ts';
import { emptyOption, frame, tooltip } from './parts.ts';
import { segmentColours } from './segment-colours.ts';

type Side = 'before' | 'after';

const nodeName = ({ t }: ChartContext, state: MovementState, side: Side): string =>
  t(`charts.migrationFlow.${side}`, { segment: stateLabel(t, state) });

function nodes(context: ChartContext, states: MovementState[], side: Side): Datum<SankeySeries>[] {
  const { theme, t } = context;
  return states.map(
    (state): Datum<SankeySeries> => ({
      name: nodeName(context, state, side),
      depth: side === 'before' ? 0 : 1,
      itemStyle: { color: state === 'absent' ? theme.mark : segmentColours[state] },
      label: { position: side === 'before' ? 'right' : 'left', formatter: stateLabel(t, state) },
    }),
  );
}

/** How many customers went from which segment to which, as bands. */
export const migrationFlow = defineChart<SegmentMigration>({
  heightPx: () => 520,
  option({ flows }, context) {
    if (flows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const left = movementStates.filter((state) => flows.some(({ from }) => from === state));
    const right = movementStates.filter((state) => flows.some(({ to }) => to === state));
    return {
      ...frame(context),
      tooltip: tooltip(context, 'item', format.number),
      series: [
        {
          type: 'sankey',
          name: t('charts.migrationFlow.customers'),
          left: 4,
          right: 4,
          top: 8,
          bottom: 8,
          nodeWidth: 12,
          nodeGap: 14,
          // The nodes keep the order of the segments.
          layoutIterations: 0,
          draggable: false,
          emphasis: { focus: 'adjacency' },
          lineStyle: { color: 'source', opacity: 0.3, curveness: 0.5 },
          label: {
            color: theme.text,
            fontFamily: theme.fontFamily,
            fontSize: theme.fontSize,
            textBorderColor: theme.surface,
            textBorderWidth: 3,
          },
          data: [...nodes(context, left, 'before'), ...nodes(context, right, 'after')],
          links: flows.map((flow) => ({
            source: nodeName(context, flow.from, 'before'),
            target: nodeName(context, flow.to, 'after'),
            value: flow.customers,
          })),
        },
      ],
    };
  },
  table({ flows }, { t, format }) {
    return {
      columns: [t('charts.migrationMatrix.from'), t('charts.migrationMatrix.to'), t('charts.migrationFlow.customers')],
      rows: flows.map((flow) => [stateLabel(t, flow.from), stateLabel(t, flow.to), format.number(flow.customers)]),
    };
  },
});
