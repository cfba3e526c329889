import type { ModelScore } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, type NamedBar, rowsHeightPx } from './parts.ts';

interface Data {
  board: ModelScore[];
  measure: 'wape' | 'mase' | 'mae';
}

/** Models that could be scored, best first. */
const scored = ({ board, measure }: Data): (ModelScore & { error: number })[] =>
  board
    .flatMap((row) => (row[measure] === null ? [] : [{ ...row, error: row[measure] }]))
    .sort((a, b) => a.error - b.error);

/** The error of each model on the same past, best first; what is used and what merely repeats the last season stand out. */
export const modelComparison = defineChart<Data>({
  heightPx: (data) => rowsHeightPx(scored(data).length),
  option(data, context) {
    const rows = scored(data);
    if (rows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const write = { wape: format.share, mase: (value: number) => format.decimal(value, 3), mae: format.money }[
      data.measure
    ];
    const bars = rows.map(
      (row): NamedBar => ({
        name: row.chosen ? t('charts.modelComparison.used', { model: row.name }) : row.name,
        value: row.error,
        label: write(row.error),
        colour: row.chosen ? theme.forecast : row.id === 'seasonal-naive' ? theme.mark : theme.primary,
      }),
    );
    return barRows(context, bars, t(`charts.modelComparison.${data.measure}`), write);
  },
  table(data, { t, format }) {
    return {
      columns: [
        t('charts.modelComparison.model'),
        t('charts.modelComparison.wape'),
        t('charts.modelComparison.mase'),
        t('charts.modelComparison.mae'),
      ],
      rows: scored(data).map((row) => [
        row.name,
        format.share(row.wape),
        format.decimal(row.mase, 3),
        format.money(row.mae),
      ]),
    };
  },
});
