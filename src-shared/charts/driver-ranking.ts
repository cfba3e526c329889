import type { ForecastResult } from '../domain.ts';
import { driverLabel } from '../driver-label.ts';
import { rankedDrivers, type RankedDriver } from '../forecast-components.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, moneyBeside, rowsHeightPx } from './parts.ts';

type Data = Pick<ForecastResult, 'drivers' | 'history'>;

const mostShown = 15;

/** Everything but the trend, which holds the level and would hide all others. */
const shown = ({ drivers }: Data): RankedDriver[] =>
  rankedDrivers(drivers.filter(({ id }) => id !== 'trend' && id !== 'level')).slice(0, mostShown);

/** How much each input moves the forecast of a period, whichever way, the largest first. */
export const driverRanking = defineChart<Data>({
  heightPx: (data) => rowsHeightPx(shown(data).length),
  option(data, context) {
    const rows = shown(data);
    if (rows.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const bars = rows.map(({ id, size }) => ({
      name: driverLabel(id, data.history.marked, t),
      value: size,
      label: moneyBeside(format, size),
      colour: theme.primary,
    }));
    return barRows(context, bars, t('charts.driverRanking.size'), format.money);
  },
  table(data, { t, format }) {
    return {
      columns: [
        t('charts.driverRanking.input'),
        t('charts.driverRanking.size'),
        t('charts.driverRanking.sum'),
        t('charts.driverRanking.part'),
      ],
      rows: rankedDrivers(data.drivers).map(({ id, part, size, sum }) => [
        driverLabel(id, data.history.marked, t),
        format.money(size),
        format.money(sum),
        t(`charts.forecastComponents.part.${part}`),
      ]),
    };
  },
});
