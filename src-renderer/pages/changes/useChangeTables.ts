import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { signedMoney } from '../../../src-shared/charts/signed.ts';
import type { RevenueChange } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { comparedOf, factorOf, headlineOf, type Words } from './change-sentence.ts';

function partRowsOf(change: RevenueChange, words: Words) {
  const { t, format } = words;
  const { parts, previous, current } = change;
  const total = [format.money(previous.revenue), format.money(current.revenue), signedMoney(format, change.change)];
  return [
    ...parts.map(({ id, money }) => ({
      key: id as string,
      cells: [
        t(`screen.changes.part.${id}`),
        factorOf(previous, id, words),
        factorOf(current, id, words),
        signedMoney(format, money),
      ],
    })),
    { key: 'total', strong: true, cells: [t('screen.changes.part.total'), ...total] },
  ];
}

function whoRowsOf({ who }: RevenueChange, { t, format }: Words) {
  const cells = (id: string, customers: number, money: number) => [
    t(`screen.changes.who.${id}`),
    format.number(customers),
    signedMoney(format, money),
  ];
  const sum = (of: (group: (typeof who)[number]) => number) => who.reduce((total, group) => total + of(group), 0);
  return [
    ...who.map(({ id, customers, money }) => ({ key: id as string, cells: cells(id, customers, money) })),
    {
      key: 'total',
      strong: true,
      cells: cells(
        'total',
        sum(({ customers }) => customers),
        sum(({ money }) => money),
      ),
    },
  ];
}

/** The change in a sentence and in tables that add up. */
export function useChangeTables(data: Ref<RevenueChange | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const words = computed<Words>(() => ({ t: (key, params) => t(key, params ?? {}), format: format.value }));
  const columns = (first: string, numbers: string[]) =>
    computed(() => [
      { label: t(`screen.changes.column.${first}`) },
      ...numbers.map((id) => ({ label: t(`screen.changes.column.${id}`), number: true })),
    ]);
  /** Nothing while there is no answer. */
  const rows = <Row>(of: (change: RevenueChange, words: Words) => Row[]) =>
    computed(() => (data.value ? of(data.value, words.value) : []));

  return {
    headline: computed(() => (data.value ? headlineOf(data.value, words.value) : '')),
    compared: computed(() => (data.value ? comparedOf(data.value, words.value) : '')),
    partColumns: columns('part', ['before', 'after', 'money']),
    partRows: rows(partRowsOf),
    whoColumns: columns('who', ['customers', 'money']),
    whoRows: rows(whoRowsOf),
    products: rows(({ products }) =>
      products.map(({ product, description, ...row }) => ({ ...row, name: description.trim() || product })),
    ),
    countries: rows(({ countries }) => countries.map(({ country, ...row }) => ({ ...row, name: country }))),
  };
}
