import type { ClusterResult } from '../domain.ts';
import { type BarSeries, defineChart } from './chart.ts';
import { clusterName } from './cluster-names.ts';
import { emptyOption, frame, legend, nameAxis, tooltip, valueAxis } from './parts.ts';

/** How sure the mixture is of a customer's group; below 0.6 the customer lies between groups. */
const bands = [
  { id: 'sure', from: 0.9, colour: '#117733' },
  { id: 'likely', from: 0.6, colour: '#ddcc77' },
  { id: 'between', from: 0, colour: '#cc6677' },
] as const;

/** Per group: the drawn customers whose best membership falls into each band. */
function tally({ profiles, sample }: ClusterResult): { cluster: number; customers: number; counts: number[] }[] {
  return profiles.map(({ cluster }) => {
    const best = sample.flatMap((row) =>
      row.cluster === cluster && row.membership ? [Math.max(...row.membership)] : [],
    );
    const bandOf = (value: number): number => bands.findIndex(({ from }) => value >= from);
    return {
      cluster,
      customers: best.length,
      counts: bands.map((_, i) => best.filter((value) => bandOf(value) === i).length),
    };
  });
}

/** Of a mixture: the share of each group's customers that surely, probably or barely belong to it. */
export const membership = defineChart<ClusterResult>({
  heightPx: ({ profiles }) => 72 + 30 * Math.max(profiles.length, 3),
  option(result, context) {
    const rows = tally(result);
    if (!rows.some(({ customers }) => customers > 0)) return emptyOption(context);
    const { t, format } = context;
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 8, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(
        context,
        bands.map(({ id }) => t(`charts.membership.${id}`)),
      ),
      tooltip: tooltip(context, 'axis', format.share),
      xAxis: valueAxis(context, format.share, { max: 1 }),
      yAxis: nameAxis(
        context,
        rows.map(({ cluster }) => ({ name: clusterName(t, cluster) })),
      ),
      series: bands.map(
        ({ id, colour }, i): BarSeries => ({
          type: 'bar',
          name: t(`charts.membership.${id}`),
          stack: 'sure',
          barMaxWidth: 20,
          itemStyle: { color: colour },
          data: rows.map(({ customers, counts }) => (customers > 0 ? counts[i] / customers : 0)),
        }),
      ),
    };
  },
  table(result, { t, format }) {
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.membership.shown'),
        ...bands.map(({ id }) => t(`charts.membership.${id}`)),
      ],
      rows: tally(result).map(({ cluster, customers, counts }) => [
        clusterName(t, cluster),
        format.number(customers),
        ...counts.map((count) => format.share(customers > 0 ? count / customers : null)),
      ]),
    };
  },
});
