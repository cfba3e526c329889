import { describe, expect, it } from 'vitest';
import { type PersonaTable, personaCuts, personaOf, personaRule } from '../../../src-main/engine/customers/personas.ts';
import { scoreRfm } from '../../../src-main/engine/customers/rfm.ts';
import {
  demographicsOf,
  describingColumns,
  priorities,
  segmentBounds,
  typicalCustomer,
} from '../../../src-main/engine/customers/segment-profiles.ts';
import { segmentOf } from '../../../src-main/engine/customers/segments.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { personaIds, segmentIds } from '../../../src-shared/domain.ts';

function tableOf(n: number, income: (i: number) => number | null): PersonaTable {
  const rng = createRng(3);
  const recencyDays = Int32Array.from({ length: n }, () => 1 + rng.below(700));
  const frequency = Int32Array.from({ length: n }, () => 1 + Math.floor(rng.next() ** 3 * 30));
  return {
    recencyDays,
    frequency,
    monetary: Float64Array.from(frequency, (orders) => Math.round(orders * 10_000 * (5 + 200 * rng.next() ** 4))),
    ageDays: Int32Array.from(recencyDays, (days, i) => days + (frequency[i] > 1 ? rng.below(300) : 0)),
    income: Array.from({ length: n }, (_, i) => income(i)),
  };
}
const cutsOf = (table: PersonaTable) =>
  personaCuts(
    table,
    scoreRfm({
      recencyDays: Int32Array.from(table.recencyDays),
      frequency: Int32Array.from(table.frequency),
      monetary: Float64Array.from(table.monetary),
    }).cuts,
  );
const personasIn = (table: PersonaTable) => {
  const cuts = cutsOf(table);
  return Array.from(table.recencyDays, (_, row) => personaIds[personaOf(table, row, cuts)]);
};

describe('personas', () => {
  const table = tableOf(600, (i) => (i % 5 === 0 ? null : 20_000 + (i % 60) * 1_000));
  const cuts = cutsOf(table);

  it('every customer has exactly one, by the rule that is written', () => {
    const found = personasIn(table);
    expect(new Set(found)).toEqual(new Set(personaIds));
    found.forEach((id, row) => {
      if (id === 'loyal-shoppers') {
        expect(table.frequency[row]).toBeGreaterThanOrEqual(cuts.loyalOrders);
        expect(table.recencyDays[row]).toBeLessThanOrEqual(cuts.loyalDays);
      }
      if (id === 'high-value-occasional') {
        expect(table.monetary[row]).toBeGreaterThan(cuts.highMoney);
        expect(table.frequency[row]).toBeLessThanOrEqual(cuts.fewOrders);
      }
      if (id === 'newly-engaged') expect(table.ageDays[row]).toBeLessThanOrEqual(cuts.newDays);
      if (id === 'disengaged-high-income') {
        expect(table.income[row]).toBeGreaterThanOrEqual(cuts.highIncome as number);
        expect(table.recencyDays[row]).toBeGreaterThan(cuts.quietDays);
      }
    });
  });

  it('the top third of incomes is a third of those who tell theirs', () => {
    const known = table.income.filter((income) => income !== null);
    const top = known.filter((income) => income >= (cuts.highIncome as number)).length;
    expect(top / known.length).toBeGreaterThan(0.31);
    expect(top / known.length).toBeLessThan(0.36);
  });

  it('without incomes that differ nobody is called high-income, and the rule says why', () => {
    for (const [income, hasIncome, code] of [
      [() => null, false, 'persona-no-income'],
      [() => 30_000, true, 'persona-same-income'],
    ] as const) {
      const poor = tableOf(100, income);
      expect(personasIn(poor)).not.toContain('disengaged-high-income');
      expect(personaRule('disengaged-high-income', cutsOf(poor), hasIncome)).toMatchObject({
        available: false,
        rule: { code },
      });
    }
    expect(personaRule('disengaged-high-income', cuts, true)).toMatchObject({ available: true });
  });

  it('one customer, and customers who are all the same, have a persona too', () => {
    const one: PersonaTable = { recencyDays: [1], frequency: [1], monetary: [100], ageDays: [1], income: [5] };
    expect(personasIn(one)).toEqual(['everyone-else']);
    const same = {
      recencyDays: [9, 9],
      frequency: [2, 2],
      monetary: [100, 100],
      ageDays: [20, 20],
      income: [null, null],
    };
    expect(personasIn(same)).toHaveLength(2);
    const cutsSame = cutsOf(same);
    expect(Object.values(cutsSame).every((cut) => cut === null || Number.isFinite(cut))).toBe(true);
  });
});

describe('profiles', () => {
  it('the bounds of the segments cover the grid, each cell once', () => {
    const cells = segmentIds.flatMap((id) => {
      const { r, fm } = segmentBounds(id);
      const own: string[] = [];
      for (let i = r[0]; i <= r[1]; i++)
        for (let j = fm[0]; j <= fm[1]; j++) own.push(`${i} ${j} ${segmentOf(i, j, j)}`);
      expect(own.every((cell) => cell.endsWith(` ${id}`))).toBe(true);
      return own;
    });
    expect(new Set(cells).size).toBe(25);
    expect(cells).toHaveLength(25);
    expect(segmentBounds('at-risk')).toEqual({ r: [1, 2], fm: [3, 4] });
  });

  it('typical customer: medians; nobody: none', () => {
    const table = { recencyDays: [1, 5, 9], frequency: [1, 2, 4], monetary: [10, 20, 100] };
    expect(typicalCustomer(table, [0, 1, 2])).toEqual({ recencyDays: 5, frequency: 2, monetary: 20, averageOrder: 10 });
    expect(typicalCustomer(table, [0, 1])).toEqual({ recencyDays: 3, frequency: 1.5, monetary: 15, averageOrder: 10 });
    expect(typicalCustomer(table, [])).toBeNull();
  });

  it('the customer file: means, commonest values, no names', () => {
    const rows = [
      { name: 'Anna', age: 30, gender: 'F', motherTongue: 'Maltese' },
      { name: 'Bert', age: 40, gender: 'M', motherTongue: 'Maltese' },
      { name: 'Carl', age: null, gender: 'M', motherTongue: '' },
      { name: 'Dora', age: 50, gender: 'F', motherTongue: 'Maltese' },
    ];
    const columns = describingColumns([{ id: 'age', label: 'Age' }], rows);
    expect(columns).toEqual([
      { id: 'age', label: 'Age', kind: 'number' },
      { id: 'gender', label: 'Gender', kind: 'category' },
      { id: 'motherTongue', label: 'Mother tongue', kind: 'category' },
    ]);
    expect(demographicsOf(columns, [...rows, undefined])).toEqual([
      { id: 'age', label: 'Age', value: 40, known: 3 },
      { id: 'gender', label: 'Gender', value: 'F', known: 4 },
      { id: 'motherTongue', label: 'Mother tongue', value: 'Maltese', known: 3 },
    ]);
    expect(demographicsOf(columns, [undefined])).toEqual([]);
  });

  it('priority follows money at stake; the unknown have none', () => {
    expect(priorities([10, null, 30, 10, 0])).toEqual([2, null, 1, 3, 4]);
  });
});
