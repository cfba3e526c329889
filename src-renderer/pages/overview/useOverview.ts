import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { monthsAhead } from '../../../src-shared/charts/months-ahead.ts';
import type { Kpis, Overview, RowsOf } from '../../../src-shared/domain.ts';
import type { Format } from '../../../src-shared/format.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useSentences } from '../../composables/useSentences.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useRowsPanel } from '../../stores/rows-panel.ts';
import { useWorkspace } from '../../stores/workspace.ts';

const figures = ['revenue', 'orders', 'customers', 'averageOrder', 'repeatShare'] as const;
type Figure = (typeof figures)[number];

const earlierShares = ({ previous, lastYear }: Overview, { share }: Format) => ({
  previous: share(previous?.kpis.repeatShare ?? null),
  lastYear: share(lastYear?.kpis.repeatShare ?? null),
});

/** The overview's figures, each with its meaning, its change and its rows. */
export function useOverview() {
  const { t } = useI18n();
  const format = useFormat();
  const sentences = useSentences();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const panel = useRowsPanel();
  const question = () => (workspace.hasSales ? { filter: filters.filter } : null);
  const overview = useCall('overview.get', question);
  const rfm = useCall('customers.rfm', question);
  const forecast = useCall('forecast.run', () =>
    workspace.hasSales ? { filter: filters.filter, ...choices.forecast } : null,
  );

  function write(figure: Figure, kpis: Kpis): string {
    if (figure === 'revenue' || figure === 'averageOrder') return format.value.money(kpis[figure]);
    return figure === 'repeatShare' ? format.value.share(kpis.repeatShare) : format.value.number(kpis[figure]);
  }

  function show(title: string, of: RowsOf): void {
    panel.show({ title, of, filter: filters.filter });
  }

  function cards(data: Overview) {
    const period = format.value.period(data.period.from, data.period.to);
    // Cards are narrow: a whole month is written short.
    const periodOf = (one: Overview['previous']): string => {
      const text = format.value.period(one?.period.from, one?.period.to);
      return text === format.value.monthLong(one?.period.from) ? format.value.month(one?.period.from) : text;
    };
    return figures.map((figure) => ({
      figure,
      label: t(`screen.overview.figure.${figure}`),
      value: write(figure, data.total),
      about: t(`screen.overview.explain.${figure}`, { period }),
      now: data.current.kpis[figure],
      nowText: write(figure, data.current.kpis),
      previous: data.previous?.kpis[figure] ?? null,
      lastYear: data.lastYear?.kpis[figure] ?? null,
      earlierTexts: figure === 'repeatShare' ? earlierShares(data, format.value) : undefined,
      comparedWith: {
        current: periodOf(data.current),
        previous: periodOf(data.previous),
        lastYear: periodOf(data.lastYear),
      },
    }));
  }

  const kpis = computed(() => (overview.data.value ? cards(overview.data.value) : []));
  const months = computed(() => ({
    months: overview.data.value?.months ?? [],
    ahead: filters.to ? [] : monthsAhead(forecast.data.value),
  }));
  const rulesLine = computed(() => (overview.data.value ? sentences.rules(overview.data.value.rules) : ''));
  return { workspace, overview, rfm, forecast, kpis, months, rulesLine, show };
}
