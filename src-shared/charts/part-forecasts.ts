import type { ForecastParts, PartForecast } from '../domain.ts';
import { type ChartContext, defineChart } from './chart.ts';
import { barRows, emptyOption, moneyBeside, type NamedBar, rowsHeightPx } from './parts.ts';
import { groupName } from './segment-names.ts';

const mostShown = 20;

/** What a part is called: all that are not listed stand as one, segments under the name the user gave them. */
export function partName({ by }: Pick<ForecastParts, 'by'>, { id, name }: PartForecast, t: ChartContext['t']): string {
  if (id === null) return t('charts.partForecasts.rest');
  return by === 'segment' ? groupName(t, 'segments', id as never) : name;
}

/** Expected revenue of the first parts, the others together at the end. */
export const partForecasts = defineChart<ForecastParts>({
  heightPx: ({ rows }) => rowsHeightPx(Math.min(rows.length, mostShown + 1)),
  option(parts, context) {
    const { rows } = parts;
    if (rows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const listed = rows.filter(({ id }) => id !== null);
    const hidden = [...listed.slice(mostShown), ...rows.filter(({ id }) => id === null)];
    const bars = listed.slice(0, mostShown).map(
      (row): NamedBar => ({
        name: partName(parts, row, t),
        value: row.total.mean,
        label: moneyBeside(format, row.total.mean),
        colour: theme.forecast,
      }),
    );
    if (hidden.length > 0) {
      const value = hidden.reduce((sum, { total }) => sum + total.mean, 0);
      const name = t('charts.partForecasts.rest');
      bars.push({ name, value, label: moneyBeside(format, value), colour: theme.mark });
    }
    return barRows(context, bars, t('charts.forecast.forecast'), format.money);
  },
  table(parts, { t, format }) {
    return {
      columns: [
        t('charts.partForecasts.part'),
        t('charts.forecast.forecast'),
        t('charts.column.low80'),
        t('charts.column.high80'),
      ],
      rows: parts.rows.map((row) => [
        partName(parts, row, t),
        format.money(row.total.mean),
        format.money(row.total.low80),
        format.money(row.total.high80),
      ]),
    };
  },
});
