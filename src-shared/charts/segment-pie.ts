import type { GroupSummary, SegmentId } from '../domain.ts';
import { type ChartContext, type ChartOption, defineChart } from './chart.ts';
import { barRows, emptyOption, frame, rowsHeightPx, tooltip } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { type GroupsData, groupName } from './segment-names.ts';

/** More slices than this cannot be compared by eye: bars instead. */
export const mostSlices = 6;

const filled = (groups: GroupSummary[]): GroupSummary[] => groups.filter((group) => group.customers > 0);

function pie(groups: GroupSummary[], level: GroupsData['level'], context: ChartContext): ChartOption {
  const { theme, t, format } = context;
  return {
    ...frame(context),
    tooltip: tooltip(context, 'item', format.number),
    series: [
      {
        type: 'pie',
        name: t('charts.column.customers'),
        radius: ['38%', '66%'],
        data: groups.map((group) => ({
          name: groupName(t, level, group.id),
          value: group.customers,
          itemStyle: { color: segmentColours[group.id as SegmentId], borderColor: theme.surface, borderWidth: 1 },
          label: { formatter: `{b}\n${format.number(group.customers)} · ${format.share(group.customerShare)}` },
        })),
        label: {
          color: theme.text,
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
          lineHeight: theme.fontSize + 4,
        },
        labelLine: { length: 8, length2: 8, lineStyle: { color: theme.mark } },
        avoidLabelOverlap: true,
      },
    ],
  };
}

/** Customers per segment: a pie of at most six slices, else bars. */
export const segmentPie = defineChart<GroupsData>({
  heightPx: ({ groups }) => (filled(groups).length > mostSlices ? rowsHeightPx(filled(groups).length) : 260),
  option({ groups, level }, context) {
    const shown = filled(groups);
    if (shown.length === 0) return emptyOption(context);
    if (shown.length <= mostSlices) return pie(shown, level, context);
    const { t, format } = context;
    const bars = shown.map((group) => ({
      name: groupName(t, level, group.id),
      value: group.customers,
      label: `${format.number(group.customers)} · ${format.share(group.customerShare)}`,
      colour: segmentColours[group.id as SegmentId],
    }));
    return barRows(context, bars, t('charts.column.customers'), format.number);
  },
  table({ groups, level }, { t, format }) {
    return {
      columns: [t('charts.column.segment'), t('charts.column.customers'), t('charts.column.customerShare')],
      rows: groups.map((group) => [
        groupName(t, level, group.id),
        format.number(group.customers),
        format.share(group.customerShare),
      ]),
    };
  },
});
