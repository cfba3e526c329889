import type { Persona } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

/** Customers of each persona whose rule can be used, in the order given. */
export const personas = defineChart<Persona[]>({
  heightPx: (rows) => rowsHeightPx(rows.filter(({ available }) => available).length),
  option(rows, context) {
    const shown = rows.filter(({ available }) => available);
    if (shown.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bars = shown.map((one) => ({
      name: t(`screen.segments.persona.${one.id}`),
      value: one.customers,
      label: t('charts.personas.label', {
        customers: format.number(one.customers),
        share: format.share(one.customerShare),
      }),
      colour: one.id === 'everyone-else' ? theme.mark : theme.primary,
    }));
    const option = barRows(context, bars, t('charts.personas.customers'), format.number);
    const axis = option.yAxis as { axisLabel: Record<string, unknown> };
    return { ...option, yAxis: { ...axis, axisLabel: { ...axis.axisLabel, width: 190 } } };
  },
  table(rows, { t, format }) {
    return {
      columns: [
        t('screen.segments.personaColumn.name'),
        t('screen.segments.personaColumn.customers'),
        t('screen.segments.personaColumn.share'),
        t('screen.segments.personaColumn.revenue'),
        t('screen.segments.personaColumn.average'),
      ],
      rows: rows.map((one) => [
        t(`screen.segments.persona.${one.id}`),
        format.number(one.customers),
        format.share(one.customerShare),
        format.money(one.revenue),
        format.money(one.averageRevenue),
      ]),
    };
  },
});
