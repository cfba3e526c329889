import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Translate } from '../../../src-shared/charts/chart.ts';
import { stateLabel } from '../../../src-shared/charts/movement-states.ts';
import { signedMoney, signedNumber } from '../../../src-shared/charts/signed.ts';
import type { MoverRow, SegmentMigration } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import type { Format } from '../../../src-shared/format.ts';
import { useFormat } from '../../composables/useFormat.ts';

interface Words {
  t: Translate;
  format: Format;
}

const sum = <Row>(rows: Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);

function sentencesOf(one: SegmentMigration, { t, format }: Words): string[] {
  const { number, day, money } = format;
  const { stayed, up, down, arrived, becauseOfOthers } = one;
  return [
    t('screen.movement.sentence', {
      from: day(one.from),
      to: day(one.to),
      n: number(stayed + up + down + arrived),
      up: number(up),
      down: number(down),
      stayed: number(stayed),
      arrived: number(arrived),
    }),
    t('screen.movement.moneySentence', {
      after: money(sum(one.flows, (flow) => flow.revenueAfter)),
      before: money(sum(one.flows, (flow) => flow.revenueBefore)),
      days: number(one.windowDays),
    }),
    ...(becauseOfOthers > 0 ? [t('screen.movement.becauseSentence', { n: number(becauseOfOthers) })] : []),
  ];
}

type ChangeRow = Omit<SegmentMigration['change'][number], 'segment'>;

function changeRowsOf({ change }: SegmentMigration, { t, format }: Words) {
  const row = (key: string, name: string, { before, after, revenueBefore, revenueAfter }: ChangeRow) => ({
    key,
    cells: [
      name,
      format.number(before),
      format.number(after),
      signedNumber(format, after - before),
      format.money(revenueBefore),
      format.money(revenueAfter),
    ],
  });
  const total: ChangeRow = {
    before: sum(change, (one) => one.before),
    after: sum(change, (one) => one.after),
    revenueBefore: sum(change, (one) => one.revenueBefore),
    revenueAfter: sum(change, (one) => one.revenueAfter),
  };
  return [
    ...change.map((one) => row(one.segment, t(`customers.segments.${one.segment}.name`), one)),
    { ...row('total', t('screen.movement.total'), total), strong: true },
  ];
}

const moverCellsOf = (row: MoverRow, { t, format }: Words): string[] => [
  row.customer,
  stateLabel(t, row.from),
  stateLabel(t, row.to),
  t(`screen.movement.direction.${row.direction}`),
  signedMoney(format, row.change),
  format.money(row.revenueBefore),
  format.money(row.revenueAfter),
  format.money(row.monetary),
  format.number(row.recencyDays),
  row.becauseOfOthers ? t('screen.movement.because') : '',
];

const moverColumnsOf = [
  { id: 'customer', width: '8rem' },
  { id: 'from', width: '11rem' },
  { id: 'to', width: '11rem' },
  { id: 'direction', width: '6rem' },
  { id: 'change', width: '10rem', number: true },
  { id: 'revenueBefore', width: '9rem', number: true },
  { id: 'revenueAfter', width: '9rem', number: true },
  { id: 'monetary', width: '9rem', number: true },
  { id: 'recencyDays', width: '13rem', number: true },
  { id: 'others', width: '8rem' },
];

/** The movement in sentences and tables. */
export function useMovementTables(data: Ref<SegmentMigration | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const words = computed<Words>(() => ({ t: (key, params) => t(key, params ?? {}), format: format.value }));
  const label = (id: string) => t(`screen.movement.column.${id}`);

  return {
    sentences: computed(() => (data.value ? sentencesOf(data.value, words.value) : [])),
    order: computed(() => segmentIds.map((id) => t(`customers.segments.${id}.name`)).join(', ')),
    changeColumns: computed(() => [
      { label: label('segment') },
      ...['before', 'after', 'net', 'revenueBefore', 'revenueAfter'].map((id) => ({ label: label(id), number: true })),
    ]),
    changeRows: computed(() => (data.value ? changeRowsOf(data.value, words.value) : [])),
    moverColumns: computed(() => moverColumnsOf.map((column) => ({ ...column, label: label(column.id) }))),
    moverCells: (row: MoverRow) => moverCellsOf(row, words.value),
  };
}
