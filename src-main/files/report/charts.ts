/** Charts on paper: the screen's own options, drawn as SVG with the report's font and measures. */
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartContext } from '../../../src-shared/charts/chart.ts';
import { buildChart, type ChartData, type ChartId } from '../../../src-shared/charts/registry.ts';
import { chartThemes } from '../../../src-shared/charts/theme.ts';
import { textWidth } from './fonts.ts';
import type { ReportText } from './text.ts';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
]);

// Without a screen the library only guesses how wide letters are, and labels overlap.
setPlatformAPI({
  measureText: (text, font = '') => ({
    width: textWidth(text, Number(/([\d.]+)px/.exec(font)?.[1] ?? 12), /bold|[6-9]00/.test(font)),
  }),
});

export const paperContext = ({ t, format }: ReportText): ChartContext => ({
  t,
  format,
  theme: chartThemes.paper,
  animation: false,
});

/** One chart of the registry as SVG of the given size in points. */
export function chartSvg<Id extends ChartId>(
  id: Id,
  data: ChartData<Id>,
  text: ReportText,
  size: { width: number; height: number },
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(buildChart(id, data, paperContext(text)).option);
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
}
