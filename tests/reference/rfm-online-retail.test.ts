/**
 * RFM scores and clusters. Expected values: numpy's percentiles and digitize on made-up tables
 * (tests/fixtures/clustering/make.py), and on Online Retail II (UCI, CC BY 4.0) numpy and scikit-learn
 * (tests/fixtures/clustering/online_retail.py) and the project's reference sheet, sections 1 and 2.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterCustomers } from '../../src-main/engine/customers/cluster-customers.ts';
import { scoreRfm, summariseRfm } from '../../src-main/engine/customers/rfm.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { rfm } from '../../src-main/worker/tasks/customers.ts';
import { featureTable } from '../../src-main/worker/tasks/features.ts';
import { clusterSettingsSchema } from '../../src-shared/contract/customers.ts';
import type { ClusterResult, RfmSummary } from '../../src-shared/domain.ts';
import retail from '../fixtures/clustering/online-retail.json' with { type: 'json' };
import made from '../fixtures/clustering/rfm-scores.json' with { type: 'json' };
import { swept } from '../fixtures/depth.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

describe('scores of 300 made-up customers', () => {
  const table = {
    recencyDays: Int32Array.from(made.table.recencyDays),
    frequency: Int32Array.from(made.table.frequency),
    monetary: Float64Array.from(made.table.monetary),
  };
  const scores = scoreRfm(table);

  it('are those of numpy', () => {
    expect(Array.from(scores.r)).toEqual(made.expected.recencyDays.scores);
    expect(Array.from(scores.f)).toEqual(made.expected.frequency.scores);
    expect(Array.from(scores.m)).toEqual(made.expected.monetary.scores);
  });

  it('and the quartiles too', () => {
    const summary = summariseRfm(table, scores);
    for (const measure of ['recencyDays', 'frequency', 'monetary'] as const) {
      const { max, mean, median, min, q1, q3 } = summary[measure];
      expect([min, q1, median, q3, max]).toEqual(made.expected[measure].quartiles);
      expect(mean / made.expected[measure].mean).toBeCloseTo(1, 12);
    }
  });
});

describe.skipIf(!hasOnlineRetail)('Online Retail II, known customers, cancellations dropped', () => {
  let session: Session;
  let summary: RfmSummary;
  let clusters: ClusterResult;

  beforeAll(async () => {
    session = await openOnlineRetail();
    session.changeSettings({
      rules: {
        unknownCustomer: 'drop',
        cancellations: 'drop',
        quantity: 'drop',
        price: 'drop',
        identical: 'drop',
        nonProduct: 'keep',
      },
    });
    summary = rfm(session, { filter: {} });
    const features = ['recencyDays', 'frequency', 'monetary'];
    clusters = clusterCustomers(
      featureTable(session, { filter: {}, features }),
      clusterSettingsSchema.parse({ features, k: 4 }),
      quietJob,
    );
  }, 300_000);
  afterAll(() => session.close());

  it('has numpy’s cuts, rounded down', () => {
    expect(summary.customers).toBe(5_878);
    expect(summary.cuts.recencyDays).toEqual(retail.cuts.recencyDays.map(Math.floor));
    expect(summary.cuts.frequency).toEqual(retail.cuts.frequency.map(Math.floor));
    expect(summary.cuts.monetary).toEqual(retail.cuts.monetary.map(Math.floor));
  });

  it('puts the same customers and the same money into each segment', () => {
    const ours = Object.fromEntries(summary.segments.map(({ customers, id, revenue }) => [id, { customers, revenue }]));
    expect(ours).toEqual(retail.segments);
  });

  it('has the quartiles and the one-time buyers of the reference sheet', () => {
    const { frequency, monetary, oneTimeBuyers, recencyDays } = summary;
    expect([recencyDays.min, recencyDays.q1, recencyDays.median, recencyDays.q3, recencyDays.max]).toEqual([
      1, 26, 96, 380, 739,
    ]);
    expect([frequency.q1, frequency.median, frequency.q3, frequency.max]).toEqual([1, 3, 7, 398]);
    expect([monetary.q1, monetary.median, monetary.q3]).toEqual([3_422_800, 8_663_550, 22_483_050]);
    expect(oneTimeBuyers).toBe(1_623);
  });

  it('clusters log1p z of R, F, M no worse than scikit-learn’s best of 100 starts', () => {
    retail.runs.forEach(({ calinskiHarabasz, daviesBouldin, inertia, k, silhouette }, index) => {
      const score = clusters.scores[index];
      expect(score.inertia / inertia, `inertia at ${k}`).toBeLessThan(1.001);
      if (k > 5) return;
      expect(Math.abs(score.silhouette - silhouette), `silhouette at ${k}`).toBeLessThan(0.005);
      expect(Math.abs(score.daviesBouldin - daviesBouldin), `Davies–Bouldin at ${k}`).toBeLessThan(0.005);
      expect(score.calinskiHarabasz / calinskiHarabasz, `Calinski–Harabasz at ${k}`).toBeCloseTo(1, 2);
    });
  });

  it.each(swept([2, 3], [2]))('and with seed %i too', (seed) => {
    const features = ['recencyDays', 'frequency', 'monetary'];
    const settings = clusterSettingsSchema.parse({ features, k: 4, seed });
    const { scores } = clusterCustomers(featureTable(session, { filter: {}, features }), settings, quietJob);
    retail.runs.forEach(({ inertia, k }, index) => {
      expect(scores[index].inertia / inertia, `inertia at ${k}`).toBeLessThan(1.001);
    });
  });

  it.each([
    [3, 6_336.7, 0.3479, 1.0351, 5_237],
    [4, 4_895.42, 0.3662, 0.929, 5_095],
    [5, 4_069.56, 0.344, 0.9503, 4_894],
  ])('has the row k = %i of the reference sheet', (k, inertia, silhouette, daviesBouldin, calinskiHarabasz) => {
    const score = clusters.scores[k - 2];
    expect(score.k).toBe(k);
    expect(score.inertia).toBeLessThan(inertia * 1.001);
    expect(Math.abs(score.silhouette - silhouette)).toBeLessThan(0.005);
    expect(Math.abs(score.daviesBouldin - daviesBouldin)).toBeLessThan(0.005);
    expect(score.calinskiHarabasz / calinskiHarabasz).toBeCloseTo(1, 2);
  });

  it('numbers the clusters by average revenue and loses no customer and no money', () => {
    const worth = clusters.profiles.map(({ customers, revenue }) => revenue! / customers);
    expect(worth).toEqual([...worth].sort((a, b) => b - a));
    expect(clusters.profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(5_878);
    expect(clusters.profiles.reduce((sum, { revenue }) => sum + revenue!, 0)).toBe(173_747_862_680);
  });
});
