import { type ClusterCandidate, type ClusterComparison, type ClusterMethodId, clusterMethodIds } from '../domain.ts';
import { type ChartContext, type Datum, defineChart, type LineSeries } from './chart.ts';
import { quarters, quarterTitles } from './cluster-indices.ts';
import { clusterMethodName } from './cluster-names.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

const panels = ['silhouette', 'daviesBouldin', 'calinskiHarabasz', 'stability'] as const;
type Panel = (typeof panels)[number];

const figure = (candidate: ClusterCandidate, panel: Panel): number =>
  panel === 'stability' ? candidate.stability.meanAri : candidate[panel];

const looks: Record<ClusterMethodId, { colour: string; symbol: string }> = {
  kmeans: { colour: '#0072b2', symbol: 'circle' },
  ward: { colour: '#009e73', symbol: 'rect' },
  mixture: { colour: '#cc79a7', symbol: 'triangle' },
  dbscan: { colour: '#d55e00', symbol: 'diamond' },
};

function mark(candidate: ClusterCandidate, panel: Panel, at: number, { theme }: ChartContext): Datum<LineSeries> {
  const { colour } = looks[candidate.method];
  return {
    value: [at, figure(candidate, panel)],
    symbolSize: candidate.recommended ? 15 : 7,
    itemStyle: {
      // A hollow mark is one that the rule passes over.
      color: candidate.refused.length ? theme.surface : colour,
      borderColor: candidate.recommended ? theme.text : colour,
      borderWidth: candidate.recommended ? 2.5 : 1.5,
    },
  };
}

/** The four methods over the number of groups, one panel per index; the recommended setting is large and ringed. */
export const clusterComparison = defineChart<ClusterComparison>({
  heightPx: () => 460,
  widthPx: () => 480,
  option(comparison, context) {
    const { t, format } = context;
    const { candidates } = comparison;
    if (candidates.length === 0) return emptyOption(context);
    const ks = [...new Set(candidates.map(({ k }) => k))].sort((a, b) => a - b);
    const methods = clusterMethodIds.filter((id) => candidates.some(({ method }) => method === id));
    return {
      ...frame(context),
      title: quarterTitles(
        context,
        panels.map((panel) => t(`charts.clusterComparison.${panel}`)),
      ),
      legend: legend(
        context,
        methods.map((method) => ({
          name: clusterMethodName(t, method),
          icon: looks[method].symbol,
          itemStyle: { color: looks[method].colour },
        })),
      ),
      grid: quarters.map((place, i) => ({
        ...place,
        ...(i > 1 ? { bottom: 34 } : {}),
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      })),
      tooltip: tooltip(context, 'item', format.number),
      xAxis: panels.map((_, i) => categoryAxis(context, ks.map(String), { gridIndex: i })),
      yAxis: panels.map((_, i) => valueAxis(context, format.number, { gridIndex: i, scale: true, splitNumber: 3 })),
      series: panels.flatMap((panel, i) =>
        methods.map(
          (method): LineSeries => ({
            type: 'line',
            name: clusterMethodName(t, method),
            xAxisIndex: i,
            yAxisIndex: i,
            symbol: looks[method].symbol,
            showAllSymbol: true,
            lineStyle: { color: looks[method].colour, width: 1.5 },
            itemStyle: { color: looks[method].colour },
            data: candidates
              .filter((candidate) => candidate.method === method)
              .map((candidate) => mark(candidate, panel, ks.indexOf(candidate.k), context)),
          }),
        ),
      ),
    };
  },
  table(comparison, { t, format }) {
    return {
      columns: [
        t('charts.clusterComparison.methodColumn'),
        'k',
        ...panels.map((panel) => t(`charts.clusterComparison.${panel}`)),
        t('charts.column.remark'),
      ],
      rows: comparison.candidates.map((candidate) => [
        clusterMethodName(t, candidate.method),
        String(candidate.k),
        format.decimal(candidate.silhouette, 3),
        format.decimal(candidate.daviesBouldin, 3),
        format.decimal(candidate.calinskiHarabasz, 1),
        format.decimal(candidate.stability.meanAri, 3),
        [
          candidate.recommended ? t('charts.clusterComparison.recommended') : '',
          ...candidate.refused.map((reason) => t(`charts.clusterComparison.refused.${reason}`)),
        ]
          .filter(Boolean)
          .join(', '),
      ]),
    };
  },
});
