import type { ClusterResult } from '../domain.ts';
import { type ChartContext, type Datum, defineChart, type LineSeries, type Title } from './chart.ts';
import { categoryAxis, emptyOption, frame, tooltip, valueAxis } from './parts.ts';

type Index = 'silhouette' | 'daviesBouldin' | 'calinskiHarabasz' | 'inertia' | 'bic';
const digits: Record<Index, number> = {
  silhouette: 3,
  daviesBouldin: 3,
  calinskiHarabasz: 1,
  inertia: 1,
  bic: 1,
};

/** A mixture is judged by its BIC, the others by their inertia. */
const indicesOf = (result: ClusterResult): Index[] => [
  'silhouette',
  'daviesBouldin',
  'calinskiHarabasz',
  result.settings.method === 'mixture' ? 'bic' : 'inertia',
];

/** Four panels, two by two. */
export const quarters = [
  { left: 8, right: '54%', top: 24, bottom: '56%' },
  { left: '54%', right: 16, top: 24, bottom: '56%' },
  { left: 8, right: '54%', top: '56%', bottom: 8 },
  { left: '54%', right: 16, top: '56%', bottom: 8 },
];

/** The four panels' headings. */
export const quarterTitles = ({ theme }: ChartContext, texts: string[], belowPx = 0): Title[] =>
  texts.map(
    (text, i): Title => ({
      text,
      left: i % 2 === 0 ? 0 : '50%',
      top: i < 2 ? belowPx : '49%',
      textStyle: {
        color: theme.text,
        fontFamily: theme.fontFamily,
        fontSize: theme.fontSize,
        fontWeight: 'bold',
      },
    }),
  );

function panel(result: ClusterResult, index: Index, i: number, context: ChartContext): LineSeries {
  const { theme, t } = context;
  const k = index === 'inertia' ? result.elbowK : result.k;
  return {
    type: 'line',
    name: t(`charts.clusterIndices.${index}`),
    xAxisIndex: i,
    yAxisIndex: i,
    symbol: 'circle',
    symbolSize: 5,
    lineStyle: { color: theme.primary, width: 1.5 },
    data: result.scores.map(
      (score): Datum<LineSeries> => ({
        value: score[index],
        itemStyle: { color: score.k === result.k ? theme.forecast : theme.primary },
        symbolSize: score.k === result.k ? 10 : 5,
      }),
    ),
    markLine: {
      symbol: 'none',
      silent: true,
      animation: false,
      label: { show: false },
      lineStyle: { color: theme.mark, type: 'dashed' },
      data: result.scores.flatMap((score, at) => (score.k === k ? [{ xAxis: at }] : [])),
    },
  };
}

/** The four indices over k; the chosen k is marked, in the inertia's panel also the elbow. */
export const clusterIndices = defineChart<ClusterResult>({
  heightPx: () => 420,
  widthPx: () => 480,
  option(result, context) {
    if (result.scores.length === 0) return emptyOption(context);
    const { t, format } = context;
    const indices = indicesOf(result);
    const ks = result.scores.map((score) => String(score.k));
    return {
      ...frame(context),
      title: quarterTitles(
        context,
        indices.map((index) => t(`charts.clusterIndices.${index}`)),
      ),
      grid: quarters.map((place) => ({ ...place, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' })),
      tooltip: tooltip(context, 'axis', format.number),
      xAxis: indices.map((_, i) => categoryAxis(context, ks, { gridIndex: i })),
      yAxis: indices.map((_, i) => valueAxis(context, format.number, { gridIndex: i, scale: true, splitNumber: 3 })),
      series: indices.map((index, i) => panel(result, index, i, context)),
    };
  },
  table(result, { t, format }) {
    const indices = indicesOf(result);
    return {
      columns: ['k', ...indices.map((index) => t(`charts.clusterIndices.${index}`)), t('charts.column.remark')],
      rows: result.scores.map((score) => [
        String(score.k),
        ...indices.map((index) => format.decimal(score[index], digits[index])),
        [
          score.k === result.k ? t('charts.clusterIndices.chosen') : '',
          score.k === result.elbowK ? t('charts.clusterIndices.elbow') : '',
          score.silhouetteError == null
            ? ''
            : t('charts.clusterIndices.error', { error: format.decimal(score.silhouetteError, 4) }),
        ]
          .filter(Boolean)
          .join(', '),
      ]),
    };
  },
});
