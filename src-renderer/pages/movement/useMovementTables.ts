import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { stateLabel } from '../../../src-shared/charts/movement-states.ts';
import { signedMoney, signedNumber } from '../../../src-shared/charts/signed.ts';
import type { MoverRow, SegmentMigration } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

const sum = <Row>(rows: Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);

/** The movement in sentences and tables. */
export function useMovementTables(data: Ref<SegmentMigration | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const label = (id: string) => t(`screen.movement.column.${id}`);

  const sentences = computed(() => {
    const one = data.value;
    if (!one) return [];
    const { number, day, money } = format.value;
    const n = one.stayed + one.up + one.down + one.arrived;
    return [
      t('screen.movement.sentence', {
        from: day(one.from),
        to: day(one.to),
        n: number(n),
        up: number(one.up),
        down: number(one.down),
        stayed: number(one.stayed),
        arrived: number(one.arrived),
      }),
      t('screen.movement.moneySentence', {
        after: money(sum(one.flows, (flow) => flow.revenueAfter)),
        before: money(sum(one.flows, (flow) => flow.revenueBefore)),
        days: number(one.windowDays),
      }),
      ...(one.becauseOfOthers > 0 ? [t('screen.movement.becauseSentence', { n: number(one.becauseOfOthers) })] : []),
    ];
  });
  const order = computed(() => segmentIds.map((id) => t(`customers.segments.${id}.name`)).join(', '));

  const changeColumns = computed(() => [
    { label: label('segment') },
    ...['before', 'after', 'net', 'revenueBefore', 'revenueAfter'].map((id) => ({ label: label(id), number: true })),
  ]);
  const changeRows = computed(() => {
    const rows = data.value?.change ?? [];
    const cells = (name: string, key: string, row: Omit<SegmentMigration['change'][number], 'segment'>) => ({
      key,
      cells: [
        name,
        format.value.number(row.before),
        format.value.number(row.after),
        signedNumber(format.value, row.after - row.before),
        format.value.money(row.revenueBefore),
        format.value.money(row.revenueAfter),
      ],
    });
    const total = {
      before: sum(rows, (row) => row.before),
      after: sum(rows, (row) => row.after),
      revenueBefore: sum(rows, (row) => row.revenueBefore),
      revenueAfter: sum(rows, (row) => row.revenueAfter),
    };
    return [
      ...rows.map((row) => cells(t(`customers.segments.${row.segment}.name`), row.segment, row)),
      { ...cells(t('screen.movement.total'), 'total', total), strong: true },
    ];
  });

  const moverColumns = computed(() =>
    (
      [
        ['customer', '8rem', false],
        ['from', '11rem', false],
        ['to', '11rem', false],
        ['direction', '6rem', false],
        ['change', '9rem', true],
        ['revenueBefore', '9rem', true],
        ['revenueAfter', '9rem', true],
        ['monetary', '9rem', true],
        ['recencyDays', '12rem', true],
        ['others', '8rem', false],
      ] as const
    ).map(([id, width, number]) => ({ id, label: label(id), width, number })),
  );
  const moverCells = (row: MoverRow): string[] => [
    row.customer,
    stateLabel(t, row.from),
    stateLabel(t, row.to),
    t(`screen.movement.direction.${row.direction}`),
    signedMoney(format.value, row.change),
    format.value.money(row.revenueBefore),
    format.value.money(row.revenueAfter),
    format.value.money(row.monetary),
    format.value.number(row.recencyDays),
    row.becauseOfOthers ? t('screen.movement.because') : '',
  ];

  return { sentences, order, changeColumns, changeRows, moverColumns, moverCells };
}
