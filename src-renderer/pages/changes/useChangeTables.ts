import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { signedMoney } from '../../../src-shared/charts/signed.ts';
import type { RevenueChange, RevenueSide } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

/** Parts below this share of the largest one are left out of the sentence; the table has them all. */
const leastShare = 0.02;

/** The change in a sentence and in tables that add up. */
export function useChangeTables(data: Ref<RevenueChange | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const label = (id: string) => t(`screen.changes.column.${id}`);
  const money = (amount: number) => signedMoney(format.value, amount);

  function partsInWords({ parts }: RevenueChange): string {
    const largest = Math.max(...parts.map((part) => Math.abs(part.money)));
    return parts
      .filter((part) => part.money !== 0 && Math.abs(part.money) >= leastShare * largest)
      .sort((a, b) => Math.abs(b.money) - Math.abs(a.money))
      .map((part) =>
        t(`screen.changes.${part.money > 0 ? 'partUp' : 'partDown'}.${part.id}`, { money: money(part.money) }),
      )
      .join(', ');
  }

  const headline = computed(() => {
    const one = data.value;
    if (!one) return '';
    const parts = partsInWords(one);
    if (one.change === 0) return parts ? t('screen.changes.sameBut', { parts }) : t('screen.changes.same');
    const key = `${one.change > 0 ? 'rose' : 'fell'}${one.changeShare === null ? 'FromNothing' : ''}`;
    return t(`screen.changes.${key}`, {
      change: format.value.money(Math.abs(one.change)),
      share: format.value.change(one.changeShare),
      parts,
    });
  });
  const compared = computed(() => {
    const one = data.value;
    if (!one) return '';
    const period = ({ period: { from, to } }: RevenueSide) => format.value.period(from, to);
    return t('screen.changes.compared', {
      current: period(one.current),
      now: format.value.money(one.current.revenue),
      previous: period(one.previous),
      before: format.value.money(one.previous.revenue),
    });
  });

  const partColumns = computed(() => [
    { label: label('part') },
    ...['before', 'after', 'money'].map((id) => ({ label: label(id), number: true })),
  ]);
  const partRows = computed(() => {
    const one = data.value;
    if (!one) return [];
    return [
      ...one.parts.map((part) => ({
        key: part.id,
        cells: [
          t(`screen.changes.part.${part.id}`),
          sideText(one.previous, part.id),
          sideText(one.current, part.id),
          money(part.money),
        ],
      })),
      {
        key: 'total',
        strong: true,
        cells: [
          t('screen.changes.part.total'),
          format.value.money(one.previous.revenue),
          format.value.money(one.current.revenue),
          money(one.change),
        ],
      },
    ];
  });

  /** The factor itself in one period: a number of customers, a rate, a price, or money. */
  function sideText(side: RevenueSide, id: RevenueChange['parts'][number]['id']): string {
    const { customers, visits, items, revenue, returns, anonymous } = side;
    const rate = (part: number, of: number) => (of > 0 ? format.value.decimal(part / of, 2) : '–');
    switch (id) {
      case 'customers':
        return format.value.number(customers);
      case 'visits':
        return rate(visits, customers);
      case 'items':
        return rate(items, visits);
      case 'price':
        return items > 0 ? format.value.money((revenue - returns - anonymous) / items) : '–';
      case 'returns':
        return format.value.money(returns);
      case 'anonymous':
        return format.value.money(anonymous);
    }
  }

  const whoColumns = computed(() => [
    { label: label('who') },
    ...['customers', 'money'].map((id) => ({ label: label(id), number: true })),
  ]);
  const whoRows = computed(() => {
    const who = data.value?.who ?? [];
    return [
      ...who.map((group) => ({
        key: group.id,
        cells: [t(`screen.changes.who.${group.id}`), format.value.number(group.customers), money(group.money)],
      })),
      {
        key: 'total',
        strong: true,
        cells: [
          t('screen.changes.who.total'),
          format.value.number(who.reduce((sum, { customers }) => sum + customers, 0)),
          money(who.reduce((sum, group) => sum + group.money, 0)),
        ],
      },
    ];
  });

  const products = computed(() =>
    (data.value?.products ?? []).map(({ product, description, ...row }) => ({
      ...row,
      name: description.trim() || product,
    })),
  );
  const countries = computed(() =>
    (data.value?.countries ?? []).map(({ country, ...row }) => ({ ...row, name: country })),
  );

  return { headline, compared, partColumns, partRows, whoColumns, whoRows, products, countries };
}
