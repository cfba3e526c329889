import type { CustomerProfile } from '../domain.ts';
import { segmentIds } from '../domain.ts';
import { defineChart } from './chart.ts';
import { categoryAxis, emptyOption, frame, tooltip } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { groupName } from './segment-names.ts';

type Path = CustomerProfile['path'];

/** A step line over the quarters, the best segment on top; from the first quarter that has one. */
export const customerPath = defineChart<Path>({
  heightPx: () => 340,
  option(path, context) {
    const begin = path.findIndex(({ segment }) => segment !== null);
    if (begin < 0) return emptyOption(context);
    const data = path.slice(begin);
    const { t, format, theme } = context;
    // From the bottom up.
    const levels = [...segmentIds].reverse();
    const nameOf = (segment: Path[number]['segment']) => segment && groupName(t, 'segments', segment);
    const names = levels.map((id) => groupName(t, 'segments', id));
    return {
      ...frame(context),
      grid: { left: 8, right: 20, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'item'),
      xAxis: categoryAxis(
        context,
        data.map(({ day }) => format.month(day)),
      ),
      yAxis: categoryAxis(context, names, {
        splitLine: { show: true, lineStyle: { color: theme.grid } },
        axisLabel: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize, interval: 0 },
      }),
      series: [
        {
          type: 'line',
          name: t('charts.customerPath.segment'),
          step: 'middle',
          symbol: 'circle',
          symbolSize: 10,
          lineStyle: { color: theme.mark, width: 2 },
          data: data.map(({ segment }) => ({
            value: nameOf(segment),
            ...(segment ? { itemStyle: { color: segmentColours[segment] } } : {}),
          })),
        },
      ],
    };
  },
  table(data, { t, format }) {
    return {
      columns: [t('charts.column.date'), t('charts.customerPath.segment')],
      rows: data.map(({ day, segment }) => [
        format.day(day),
        segment ? groupName(t, 'segments', segment) : t('charts.customerPath.absent'),
      ]),
    };
  },
});
