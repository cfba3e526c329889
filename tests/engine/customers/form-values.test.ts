import { describe, expect, it } from 'vitest';
import { classifyCluster, classifyRfm } from '../../../src-main/engine/customers/classify.ts';
import { clusterCustomers } from '../../../src-main/engine/customers/cluster-customers.ts';
import { type FormField, parseFormValues } from '../../../src-main/engine/customers/form-values.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { quietJob } from '../../../src-main/worker/job.ts';
import { clusterSettingsSchema } from '../../../src-shared/contract/customers.ts';
import { AppError } from '../../../src-shared/errors.ts';

const fields: FormField[] = [
  { id: 'recencyDays', label: 'days since the last purchase', least: 0, most: 36_525, whole: true },
  { id: 'frequency', label: 'number of orders', least: 1, most: 1e6, whole: true },
  { id: 'monetary', label: 'money spent', least: 0, most: 1e11, whole: false },
];
const read = (text: string, wanted = fields) => parseFormValues(text, wanted);

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('invalid-input');
    return error as AppError;
  }
  throw new Error('was accepted');
}

describe('values typed into the form', () => {
  it.each([
    ['30, 5, 1200.50'],
    ['30,5,1200.5'],
    ['30;5;1200,50'],
    ['30; 5; 1200.5;'],
    ['30 5 1200.5'],
    ['30 5 1200,5'],
    ['30\t5\t1200,5'],
    ['30\r\n5\r\n1200.5\r\n'],
    [' +30 , 5 , 1200.50 , '],
    ['30; 5; 1.200,50'],
    ['30; 5; 1,200.50'],
    ['30 | 5 | 1200.5'],
  ])('understands %j', (text) => {
    expect(read(text)).toEqual([30, 5, 1200.5]);
  });

  it('takes a lonely comma as decimal mark where one value is asked for', () => {
    expect(read('12,5', [fields[2]])).toEqual([12.5]);
  });

  it('understands a minus sign where a value may be negative', () => {
    expect(read('−3.5', [{ ...fields[2], least: null }])).toEqual([-3.5]);
  });

  it.each([
    ['', 'empty', ['3 values', 'days since the last purchase, number of orders, money spent']],
    ['  ', 'empty', ['Nothing was typed']],
    ['30, 5', 'too-few', ['2 values', '3 are needed', 'missing: money spent']],
    ['30', 'too-few', ['is 1 value', 'missing: number of orders, money spent']],
    ['30, 5, 100, 7', 'too-many', ['4 values', 'only 3']],
    ['30, 5, 1,200', 'too-many', ['without thousands marks']],
    ['30,5,1200,5', 'too-many', ['semicolons']],
    ['30, 5, 1200,50', 'too-many', ['semicolons']],
    ['30, five, 100', 'not-a-number', ['Value 2', 'number of orders', '"five"', 'digits']],
    ['30, 5, €100', 'not-a-number', ['Value 3', 'money spent', '"€100"']],
    ['30, 5, 1e3', 'not-a-number', ['"1e3"']],
    ['30, 5, NaN', 'not-a-number', ['"NaN"']],
    ['30, 5, 1.2.3', 'not-a-number', ['"1.2.3"']],
    ['30,, 100', 'empty', ['Value 2', 'number of orders', 'is empty']],
    ['30;;100', 'empty', ['Value 2']],
    ['30; 5; 1,200', 'ambiguous', ['1200 or 1.200']],
    ['-3, 5, 100', 'too-small', ['Value 1', 'days since the last purchase', '-3', 'cannot be negative']],
    ['30, 0, 100', 'too-small', ['number of orders', 'at least 1']],
    ['30, 5, -100', 'too-small', ['money spent', 'cannot be negative']],
    ['40000, 5, 100', 'too-large', ['days since the last purchase', '36525']],
    ['30, 2.5, 100', 'not-whole', ['number of orders', '2.5', 'whole number']],
  ])('refuses %j: %s', (text, problem, words) => {
    const { details, message } = refusal(() => read(text));
    expect(details.problem).toBe(problem);
    for (const word of words) expect(message).toContain(word);
  });
});

describe('one customer by RFM', () => {
  const summary = {
    cuts: {
      recencyDays: [10, 20, 30, 40],
      frequency: [1, 2, 3, 4],
      monetary: [100_0000, 200_0000, 300_0000, 400_0000],
    },
    recencyDays: { min: 1, q1: 1, median: 1, q3: 1, max: 60, mean: 1 },
    frequency: { min: 1, q1: 1, median: 1, q3: 1, max: 9, mean: 1 },
    monetary: { min: 5_0000, q1: 1, median: 1, q3: 1, max: 900_0000, mean: 1 },
  };

  it('compares with the cuts in the same unit as the customers', () => {
    // 10 days ≤ 10: R 5; 3 orders > 2: F 3; 400.00 ≤ 400: M 4. FM = 3.5 rounded up = 4: champions.
    expect(classifyRfm('10, 3, 400', summary)).toMatchObject({
      basis: 'rfm',
      segment: 'champions',
      scores: { r: 5, f: 3, m: 4 },
      cluster: null,
      profile: null,
      values: [
        { feature: 'recencyDays', value: 10 },
        { feature: 'frequency', value: 3 },
        { feature: 'monetary', value: 400 },
      ],
      notes: [],
    });
    expect(classifyRfm('41, 1, 50', summary).segment).toBe('lost');
    expect(classifyRfm('41, 5, 400.01', summary).segment).toBe('cant-lose');
  });

  it('says when a value is outside or far outside what the customers show', () => {
    const { notes } = classifyRfm('70, 5, 20000', summary);
    expect(notes.map(({ code, level }) => `${code} ${level}`)).toEqual([
      'outside-range info',
      'far-outside-range warning',
    ]);
    expect(notes[1].params).toEqual({ feature: 'money spent', value: 20_000, min: 5, max: 900 });
  });
});

describe('one customer by cluster', () => {
  const rng = createRng(4);
  // Incomes 15 to 137 in thousands and scores 1 to 99, as in the mall file.
  const values = Float64Array.from({ length: 120 }, (_, at) =>
    at % 2 === 0 ? 15 + 122 * rng.next() : 1 + 98 * rng.next(),
  );
  const table = {
    customers: Array.from({ length: 60 }, (_, i) => `c${i}`),
    features: [
      { id: 'income', label: 'Annual income', source: 'customer-file' as const },
      { id: 'spendingScore', label: 'Spending score', source: 'customer-file' as const },
    ],
    values,
    revenue: null,
  };
  const settings = clusterSettingsSchema.parse({ features: ['income', 'spendingScore'], kMax: 6, k: 4 });
  const result = clusterCustomers(table, settings, quietJob);

  it('puts every customer of the clustering into its own cluster', () => {
    expect(result.sample.length).toBe(60);
    for (const { cluster, values: own } of result.sample) {
      const answer = classifyCluster(own.join('; '), result);
      expect(answer.cluster).toBe(cluster);
      expect(answer.profile).toEqual(result.profiles[cluster - 1]);
      expect(answer.notes).toEqual([]);
    }
  });

  it('warns of an income of 20000 where the file is in thousands', () => {
    const { notes } = classifyCluster('20000, 50', result);
    expect(notes.map(({ code, level, params }) => [code, level, params.feature, params.value])).toEqual([
      ['far-outside-range', 'warning', 'Annual income', 20_000],
    ]);
  });

  it('refuses a negative income and a missing score, naming them', () => {
    expect(refusal(() => classifyCluster('-20, 50', result)).message).toContain('Annual income');
    expect(refusal(() => classifyCluster('20', result)).message).toContain('missing: Spending score');
  });
});
