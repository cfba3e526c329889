import type { Money } from '../domain.ts';
import { defineChart } from './chart.ts';
import { emptyOption, frame, nameAxis, rowsHeightPx, tooltip, valueAxis } from './parts.ts';
import { signedMoney } from './signed.ts';

/** Products or countries; an empty name is all others together. */
export interface ContributorRow {
  name: string;
  before: Money;
  after: Money;
  change: Money;
}

/** What changed most between two periods, in the order given. */
export const changeContributors = defineChart<ContributorRow[]>({
  heightPx: (rows) => rowsHeightPx(rows.length),
  option(rows, context) {
    if (rows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const names = rows.map(({ name }) => ({ name: name || t('charts.changeContributors.others') }));
    const colourOf = ({ name, change }: ContributorRow) =>
      name === '' ? theme.mark : change < 0 ? theme.forecast : theme.primary;
    return {
      ...frame(context),
      grid: { left: 8, right: 104, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'item', (money) => signedMoney(format, money)),
      xAxis: valueAxis(context, format.moneyShort, { axisLabel: { show: false }, splitLine: { show: false } }),
      // Bars go both ways, so the names stand at the edge and not at zero.
      yAxis: nameAxis(context, names, { axisLine: { show: false, onZero: false } }),
      series: [
        {
          type: 'bar',
          name: t('charts.changeContributors.change'),
          barMaxWidth: 18,
          label: {
            show: true,
            position: 'right',
            color: theme.text,
            fontFamily: theme.fontFamily,
            fontSize: theme.fontSize,
          },
          data: rows.map((row) => ({
            value: row.change,
            itemStyle: { color: colourOf(row) },
            label: { formatter: signedMoney(format, row.change) },
          })),
        },
      ],
    };
  },
  table(rows, { t, format }) {
    return {
      columns: ['name', 'before', 'after', 'change'].map((id) => t(`charts.changeContributors.${id}`)),
      rows: rows.map((row) => [
        row.name || t('charts.changeContributors.others'),
        format.money(row.before),
        format.money(row.after),
        signedMoney(format, row.change),
      ]),
    };
  },
});
