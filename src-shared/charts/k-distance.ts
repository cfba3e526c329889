import type { ClusterResult } from '../domain.ts';
import { defineChart } from './chart.ts';
import { axisName } from './cluster-scatter.ts';
import { categoryAxis, emptyOption, frame, tooltip, valueAxis } from './parts.ts';

/** DBSCAN's choice of distance: how far each customer's neighbourhood reaches, and the distance that was used. */
export const kDistance = defineChart<ClusterResult>({
  heightPx: () => 320,
  option({ density }, context) {
    if (!density || density.kDistances.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const { kDistances, eps, minPoints } = density;
    const share = (at: number): string => format.share(kDistances.length > 1 ? at / (kDistances.length - 1) : 0);
    return {
      ...frame(context),
      grid: { left: 24, right: 24, top: 16, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      tooltip: tooltip(context, 'axis', (value) => format.decimal(value, 3)),
      xAxis: categoryAxis(
        context,
        kDistances.map((_, at) => share(at)),
        axisName(context, t('charts.kDistance.customers')),
      ),
      yAxis: valueAxis(context, format.number, axisName(context, t('charts.kDistance.distance', { minPoints }))),
      series: [
        {
          type: 'line',
          name: t('charts.kDistance.distance', { minPoints }),
          showSymbol: false,
          lineStyle: { color: theme.primary, width: 2 },
          itemStyle: { color: theme.primary },
          data: kDistances,
          markLine: {
            symbol: 'none',
            silent: true,
            animation: false,
            lineStyle: { color: theme.forecast, type: 'dashed', width: 2 },
            label: {
              position: 'insideEndTop',
              formatter: t('charts.kDistance.eps', { eps: format.decimal(eps, 3) }),
              color: theme.text,
              fontFamily: theme.fontFamily,
              fontSize: theme.fontSize,
            },
            data: [{ yAxis: eps }],
          },
        },
      ],
    };
  },
  table({ density }, { t, format }) {
    const distances = density?.kDistances ?? [];
    return {
      columns: [t('charts.kDistance.customers'), t('charts.kDistance.reach'), t('charts.column.remark')],
      rows: distances.map((distance, at) => [
        format.share(distances.length > 1 ? at / (distances.length - 1) : 0),
        format.decimal(distance, 3),
        density && distance <= density.eps && (at === 0 || distances[at - 1] > density.eps)
          ? t('charts.kDistance.eps', { eps: format.decimal(density.eps, 3) })
          : '',
      ]),
    };
  },
});
