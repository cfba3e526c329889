import type { EventEffects } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

/** How much of the ups and downs of sales each cause explains; what is left stands last and grey. */
export const salesDrivers = defineChart<EventEffects['drivers']>({
  heightPx: (drivers) => rowsHeightPx(drivers.length),
  option(drivers, context) {
    if (drivers.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const bars = drivers.map(({ id, share }) => ({
      name: t(`charts.salesDrivers.${id}`),
      value: share,
      label: format.share(share),
      colour: id === 'rest' ? theme.mark : theme.primary,
    }));
    return barRows(context, bars, t('charts.salesDrivers.share'), format.share);
  },
  table(drivers, { t, format }) {
    return {
      columns: ['driver', 'share', 'money'].map((id) => t(`charts.salesDrivers.${id}`)),
      rows: drivers.map(({ id, share, money }) => [
        t(`charts.salesDrivers.${id}`),
        format.share(share),
        format.money(money),
      ]),
    };
  },
});
