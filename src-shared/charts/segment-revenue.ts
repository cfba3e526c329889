import type { SegmentId } from '../domain.ts';
import { type BarSeries, type ChartContext, defineChart, type Title, type ValueAxis } from './chart.ts';
import {
  barItem,
  emptyOption,
  frame,
  moneyBeside,
  type NamedBar,
  nameAxis,
  rowsHeightPx,
  tooltip,
  valueAxis,
} from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { type GroupsData, groupName } from './segment-names.ts';

function bars(context: ChartContext, grid: number, name: string, rows: NamedBar[]): BarSeries {
  const { theme } = context;
  return {
    type: 'bar',
    name,
    xAxisIndex: grid,
    yAxisIndex: grid,
    barMaxWidth: 16,
    data: rows.map(barItem),
    label: { show: true, position: 'right', color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
  };
}

const heading = ({ theme }: ChartContext, text: string, left: string | number): Title => ({
  text,
  left,
  top: 0,
  textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize, fontWeight: 'bold' },
});

/** Average revenue of a customer and share of all revenue, side by side, one row per segment. */
export const segmentRevenue = defineChart<GroupsData>({
  heightPx: ({ groups }) => rowsHeightPx(groups.length) + 24,
  option({ groups, level }, context) {
    const shown = groups.filter((group) => group.customers > 0);
    if (shown.length === 0) return emptyOption(context);
    const { t, format } = context;
    const row = (id: string, value: number, label: string): NamedBar => ({
      name: groupName(t, level, id),
      value,
      label,
      colour: segmentColours[id as SegmentId],
    });
    const average = shown.map((group) =>
      row(group.id, group.averageRevenue, moneyBeside(format, group.averageRevenue)),
    );
    const share = shown.map((group) => row(group.id, group.revenueShare, format.share(group.revenueShare)));
    const hidden: ValueAxis = { axisLabel: { show: false }, splitLine: { show: false } };
    const titles = [t('charts.segmentRevenue.average'), t('charts.segmentRevenue.share')];
    return {
      ...frame(context),
      title: [heading(context, titles[0], 0), heading(context, titles[1], '70%')],
      grid: [
        { left: 8, right: '52%', top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        { left: '70%', right: 56, top: 24, bottom: 4 },
      ],
      tooltip: tooltip(context, 'item'),
      xAxis: [
        valueAxis(context, format.moneyShort, { gridIndex: 0, ...hidden }),
        valueAxis(context, format.share, { gridIndex: 1, ...hidden }),
      ],
      yAxis: [
        nameAxis(context, average, { gridIndex: 0 }),
        nameAxis(context, share, { gridIndex: 1, axisLabel: { show: false } }),
      ],
      series: [
        { ...bars(context, 0, titles[0], average), tooltip: tooltip(context, 'item', format.money) },
        { ...bars(context, 1, titles[1], share), tooltip: tooltip(context, 'item', format.share) },
      ],
    };
  },
  table({ groups, level }, { t, format }) {
    return {
      columns: [
        t('charts.column.segment'),
        t('charts.segmentRevenue.average'),
        t('charts.column.revenue'),
        t('charts.segmentRevenue.share'),
      ],
      rows: groups.map((group) => [
        groupName(t, level, group.id),
        format.money(group.averageRevenue),
        format.money(group.revenue),
        format.share(group.revenueShare),
      ]),
    };
  },
});
