import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { LifetimeValue, PurchaseFit, ValueRow, ValueSort } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

const modelName: Record<PurchaseFit['model'], string> = { 'bg-nbd': 'BG/NBD', 'mbg-nbd': 'MBG/NBD' };
/** Mean distance of the calibration classes from what came, up to which a chance may be taken at its word. */
const close = 0.05;

/** What the figures mean in sentences, and the columns of the list. */
export function useValueTexts(data: Ref<LifetimeValue | null>) {
  const { t } = useI18n();
  const format = useFormat();

  const sentence = computed(() => {
    const one = data.value;
    if (!one) return '';
    const { number, money } = format.value;
    return t('screen.value.sentence', {
      customers: number(one.customers),
      predicted: money(one.predicted),
      days: number(one.horizonDays),
      orders: number(Math.round(one.expectedOrders)),
      historic: money(one.historic),
    });
  });
  const methodAbout = computed(() =>
    data.value
      ? t(`screen.value.methodAbout.${data.value.method}`, {
          model: modelName[data.value.purchaseFit?.model ?? 'bg-nbd'],
        })
      : '',
  );
  const kpis = computed(() => {
    const one = data.value;
    if (!one) return [];
    const { number, money, share, day } = format.value;
    const text = (id: string, value: string, params: Record<string, string> = {}) => ({
      id,
      value,
      label: t(`screen.value.kpi.${id}`),
      about: t(`screen.value.kpi.${id}About`, params),
    });
    return [
      text('historic', money(one.historic), { day: day(one.asOf) }),
      text('predicted', money(one.predicted), { days: number(one.horizonDays), discount: share(one.discountRate) }),
      text('alive', number(Math.round(one.aliveCustomers))),
      text('overdue', number(one.overdueCustomers), { factor: number(one.factor) }),
    ];
  });

  return { sentence, methodAbout, kpis, ...useVerdicts(data), ...useParameters(data), ...useValueColumns() };
}

function useVerdicts(data: Ref<LifetimeValue | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const backtestVerdict = computed(() => {
    const past = data.value?.backtest;
    if (!past) return '';
    const { decimal, share, number, day } = format.value;
    const outcome = past.mae < past.naiveMae ? 'better' : past.mae > past.naiveMae ? 'worse' : 'same';
    const total = t('screen.value.verdict.total', {
      predicted: number(Math.round(past.totalPredicted)),
      actual: number(past.totalActual),
      from: day(past.from),
      to: day(past.to),
    });
    const verdict = t(`screen.value.verdict.${outcome}`, {
      mae: decimal(past.mae, 2),
      naive: decimal(past.naiveMae, 2),
      better: share(past.naiveMae > 0 ? 1 - past.mae / past.naiveMae : 0),
    });
    return `${total} ${verdict}`;
  });
  const churnVerdict = computed(() => {
    const churn = data.value?.churn;
    if (!churn) return '';
    const customers = churn.classes.reduce((sum, one) => sum + one.customers, 0);
    const gap =
      churn.classes.reduce((sum, one) => sum + one.customers * Math.abs(one.predicted - one.observed), 0) / customers;
    const word = churn.brier >= churn.baselineBrier ? 'Bad' : gap <= close ? 'Good' : 'Fair';
    return t(`screen.value.verdict.churn${word}`, {
      gap: format.value.share(gap),
      brier: format.value.decimal(churn.brier, 3),
      baseline: format.value.decimal(churn.baselineBrier, 3),
    });
  });
  return { backtestVerdict, churnVerdict };
}

/** The fitted parameters, for experts. */
function useParameters(data: Ref<LifetimeValue | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const row = (key: string, name: string, value: string) => ({ key, cells: [name, value] });
  const buying = (fit: PurchaseFit) => {
    const { decimal, number } = format.value;
    const title = t('screen.value.fitOf', { model: modelName[fit.model], n: number(fit.customers) });
    return {
      title,
      rows: [
        row('r', 'r', decimal(fit.r, 4)),
        row('alpha', 'α', decimal(fit.alpha, 4)),
        row('a', 'a', decimal(fit.a, 4)),
        row('b', 'b', decimal(fit.b, 4)),
        row('ll', t('screen.value.logLikelihood'), decimal(fit.logLikelihood, 1)),
        row('ok', t('screen.value.converged'), t(`screen.value.converged${fit.converged ? 'Yes' : 'No'}`)),
      ],
    };
  };
  const parameters = computed(() => {
    const { purchaseFit, secondOpinion, spendFit } = data.value ?? {};
    const { decimal, number } = format.value;
    const spending = spendFit && {
      title: t('screen.value.spendOf', { n: number(spendFit.customers) }),
      rows: [
        row('p', 'p', decimal(spendFit.p, 4)),
        row('q', 'q', decimal(spendFit.q, 4)),
        row('gamma', 'γ', decimal(spendFit.gamma, 4)),
        row('ll', t('screen.value.logLikelihood'), decimal(spendFit.logLikelihood, 1)),
        row('ok', t('screen.value.converged'), t(`screen.value.converged${spendFit.converged ? 'Yes' : 'No'}`)),
        row('corr', t('screen.value.correlation'), decimal(spendFit.correlation, 2)),
      ],
    };
    return [
      ...(purchaseFit ? [buying(purchaseFit)] : []),
      ...(secondOpinion ? [buying(secondOpinion)] : []),
      ...(spending ? [spending] : []),
    ];
  });
  const secondSentence = computed(() => {
    const one = data.value;
    if (!one?.secondOpinion) return '';
    return t('screen.value.second', {
      model: modelName[one.secondOpinion.model],
      orders: format.value.number(Math.round(one.secondOpinion.expectedOrders)),
      expected: format.value.number(Math.round(one.expectedOrders)),
    });
  });
  const parameterColumns = computed(() => [
    { label: t('screen.value.parameter') },
    { label: t('screen.value.figure'), number: true },
  ]);
  return { parameters, parameterColumns, secondSentence };
}

function useValueColumns() {
  const { t } = useI18n();
  const format = useFormat();
  const column = (id: ValueSort | 'usualGap' | 'next', width: string, number = false, sortable = true) => ({
    id,
    label: t(`screen.value.column.${id}`),
    width,
    number,
    sortable,
  });
  const columns = computed(() => [
    column('customer', '8rem'),
    column('segment', '11rem'),
    column('predicted', '9rem', true),
    column('historic', '9rem', true),
    column('total', '9rem', true),
    column('frequency', '6rem', true),
    column('expectedOrders', '8rem', true),
    column('alive', '9rem', true),
    column('churn', '10rem', true),
    column('overdueDays', '8rem', true),
    column('usualGap', '9rem', true, false),
    column('lastDay', '8rem'),
    column('next', '9rem', false, false),
  ]);
  function cells(row: ValueRow): string[] {
    const { number, money, share, day, decimal } = format.value;
    return [
      row.customer,
      t(`customers.segments.${row.segment}.name`),
      money(row.predicted),
      money(row.historic),
      money(row.total),
      number(row.frequency),
      decimal(row.expectedOrders, 1),
      share(row.alive),
      share(row.churn),
      number(row.overdueDays),
      number(row.usualGapDays),
      day(row.lastDay),
      day(row.next?.day),
    ];
  }
  return { columns, cells };
}
