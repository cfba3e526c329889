import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** The model's terms on this page; the value page has the switches. */
const terms = { horizonDays: 365, discountRate: 0.1, factor: 2 };

/** One customer's figures and orders; the segment filter is left aside, so that the page works from everywhere. */
export function useCustomer() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const route = useRoute();
  const customer = computed(() => (route.name === 'customer' ? String(route.params.id ?? '') : ''));
  const filter = computed(() => {
    const { segments: _segments, ...rest } = filters.filter;
    return rest;
  });
  const question = () =>
    workspace.hasSales && customer.value !== '' ? { customer: customer.value, filter: filter.value } : null;
  const profile = useCall('customers.profile', () => {
    const asked = question();
    return asked && { ...asked, ...terms };
  });
  const detail = useCall('customers.get', question);
  return { workspace, customer, filter, profile, detail, ...useCustomerTexts(profile, customer) };
}

type Profile = ReturnType<typeof useCall<'customers.profile'>>;

function useCustomerTexts(profile: Profile, customer: { value: string }) {
  const { t } = useI18n();
  const format = useFormat();
  const sentences = computed(() => {
    const value = profile.data.value?.value;
    if (!value) return [];
    const { money, number, day, decimal } = format.value;
    const overdue = value.overdueDays;
    return [
      t('screen.customer.headline', {
        customer: customer.value,
        segment: t(`customers.segments.${value.segment}.name`),
        historic: money(value.historic),
        n: value.frequency,
        orders: number(value.frequency),
        day: day(value.lastDay),
      }),
      t('screen.customer.ahead', {
        days: number(terms.horizonDays),
        predicted: money(value.predicted),
        orders: decimal(value.expectedOrders, 1),
      }),
      overdue === null
        ? t('screen.customer.onTime', { gap: number(value.usualGapDays), since: number(value.daysSince) })
        : t('screen.customer.overdue', { gap: number(value.usualGapDays), overdue: number(overdue) }),
    ];
  });
  const kpis = computed(() => {
    const value = profile.data.value?.value;
    if (!value) return [];
    const { money, share, number, day } = format.value;
    const text = (id: string, shown: string, about = `${id}About`, params: Record<string, string> = {}) => ({
      id,
      value: shown,
      label: t(`screen.customer.kpi.${id}`),
      about: t(`screen.customer.kpi.${about}`, params),
    });
    const days = number(terms.horizonDays);
    const waiting = number(Math.round(value.usualGapDays * terms.factor));
    const { next } = value;
    return [
      text('historic', money(value.historic)),
      text('predicted', money(value.predicted), 'predictedAbout', { days }),
      text('total', money(value.total)),
      text('alive', share(value.alive)),
      text('churn', share(value.churn), 'churnAbout', { days: waiting, factor: number(terms.factor) }),
      next
        ? text('next', day(next.day), 'nextAbout', { from: day(next.from), to: day(next.to), days })
        : text('next', t('screen.customer.kpi.nextNone'), 'nextNoneAbout'),
    ];
  });
  return { sentences, kpis, ...useCustomerTables(profile) };
}

function useCustomerTables(profile: Profile) {
  const { t } = useI18n();
  const format = useFormat();
  const orderColumns = computed(() =>
    (['invoice', 'day', 'revenue', 'units', 'lines'] as const).map((id, i) => ({
      label: t(`screen.customer.order.${id}`),
      number: i > 1,
    })),
  );
  const orderRows = computed(() =>
    (profile.data.value?.orders ?? []).map((order, i) => ({
      key: String(i),
      cells: [
        order.invoice || t('screen.customer.order.noInvoice'),
        format.value.day(order.day),
        format.value.money(order.revenue),
        format.value.number(order.units),
        format.value.number(order.lines),
      ],
    })),
  );
  const productColumns = computed(() =>
    (['product', 'because', 'confidence', 'lift'] as const).map((id, i) => ({
      label: t(`screen.customer.product.${id}`),
      number: i > 1,
    })),
  );
  const productRows = computed(() =>
    (profile.data.value?.nextProducts ?? []).map((one) => ({
      key: one.product,
      cells: [
        one.description || one.product,
        one.because,
        format.value.share(one.confidence),
        format.value.decimal(one.lift, 1),
      ],
    })),
  );
  return { orderColumns, orderRows, productColumns, productRows };
}
