/** Methods about customers: RFM, clustering, lifetime value, movement, habits, segments. */
import { z } from 'zod';
import type {
  ClassifyAnswer,
  ClusterComparison,
  ClusterResult,
  CohortTriangle,
  Concentration,
  CustomerDetail,
  CustomerProfile,
  CustomerRow,
  Distributions,
  FeatureInfo,
  LifetimeValue,
  MoverRow,
  Page,
  PlaybookEntry,
  RfmSummary,
  SegmentMigration,
  SegmentProfiles,
  TargetList,
  TreeExplanation,
  ValueRow,
  VisitHabits,
} from '../domain.ts';
import { clusterMethodIds, defaultClusterSettings, defaultMeasures, offerTypes, segmentIds } from '../domain.ts';
import { day, filtered, filterSchema, nothing, paging } from './inputs.ts';
import { method } from './method.ts';

const customersQuery = z.strictObject({
  filter: filterSchema.default({}),
  search: z.string().default(''),
  sort: z
    .enum([
      'customer',
      'recencyDays',
      'frequency',
      'monetary',
      'averageOrder',
      'firstDay',
      'lastDay',
      'r',
      'f',
      'm',
      'segment',
      'country',
    ])
    .default('monetary'),
  descending: z.boolean().default(true),
  ...paging,
});

export const clusterSettingsSchema = z.strictObject({
  features: z.array(z.string()).min(1).default(defaultClusterSettings.features),
  transform: z.enum(['auto', 'none', 'log1p', 'yeojohnson']).default(defaultClusterSettings.transform),
  scaling: z.enum(['zscore', 'minmax', 'none']).default(defaultClusterSettings.scaling),
  winsor: z.number().min(0).max(0.2).default(defaultClusterSettings.winsor),
  missing: z.enum(['drop', 'median', 'most-frequent']).default(defaultClusterSettings.missing),
  duplicates: z.enum(['drop', 'keep']).default(defaultClusterSettings.duplicates),
  method: z.enum(clusterMethodIds).default(defaultClusterSettings.method),
  kMin: z.number().int().min(2).max(10).default(defaultClusterSettings.kMin),
  kMax: z.number().int().min(2).max(10).default(defaultClusterSettings.kMax),
  k: z.number().int().min(2).max(10).nullable().default(defaultClusterSettings.k),
  covariance: z.enum(['full', 'diagonal']).default(defaultClusterSettings.covariance),
  eps: z.number().positive().nullable().default(defaultClusterSettings.eps),
  minPoints: z.number().int().min(2).max(1000).nullable().default(defaultClusterSettings.minPoints),
  seed: z.number().int().min(0).default(defaultClusterSettings.seed),
});
const clusterInput = z.strictObject({
  filter: filterSchema.default({}),
  settings: clusterSettingsSchema.default(defaultClusterSettings),
});

/** The horizon and the discount of lifetime value; when a customer is overdue. */
const valueSettings = {
  horizonDays: z.number().int().min(7).max(1095).default(365),
  discountRate: z.number().min(0).max(1).default(0.1),
  factor: z.number().min(1).max(10).default(2),
};
const migrationDates = {
  filter: filterSchema.default({}),
  /** null: a quarter of a year before `to`. */
  from: day.nullable().default(null),
  /** null: the last day of the data. */
  to: day.nullable().default(null),
};
const targetsInput = z.strictObject({
  filter: filterSchema.default({}),
  segments: z.array(z.enum(segmentIds)).default(['cant-lose', 'at-risk', 'needs-attention']),
  /** null: all of them; else those with the most at stake. */
  size: z.number().int().min(1).nullable().default(null),
  /** Share held out at random as control group. */
  control: z.number().min(0).max(0.5).default(0.1),
  seed: z.number().int().min(0).default(1),
  horizonDays: valueSettings.horizonDays,
  ...paging,
});

export const customerMethods = {
  'customers.rfm': method<RfmSummary>()({
    about: 'Recency, frequency, monetary; segments and their roll-ups.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
  'customers.list': method<Page<CustomerRow>>()({
    about: 'Customers with scores and segment; sorted, searched, paged.',
    input: customersQuery,
    where: 'data',
  }),
  'customers.get': method<CustomerDetail>()({
    about: 'One customer.',
    input: z.strictObject({ customer: z.string(), filter: filterSchema.default({}) }),
    where: 'data',
  }),
  'customers.features': method<FeatureInfo[]>()({
    about: 'Features that clustering can use.',
    input: nothing,
    where: 'data',
  }),
  'customers.cluster': method<ClusterResult>()({
    about: 'Clusters by the chosen method for a range of k: indices, profiles, stability, views.',
    input: clusterInput,
    where: 'main',
    work: 'training',
    memo: true,
  }),
  'customers.classify': method<ClassifyAnswer>()({
    about:
      'Segment (RFM) or cluster of one customer typed into a form: "days since last purchase, orders, money", or the clustering\'s features in order.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      basis: z.enum(['rfm', 'cluster']).default('rfm'),
      values: z.string(),
      settings: clusterSettingsSchema.default(defaultClusterSettings),
    }),
    where: 'main',
  }),
  'customers.compare': method<ClusterComparison>()({
    about: 'All clustering methods for a range of k in one feature space, with stability and the recommended setting.',
    input: clusterInput,
    where: 'main',
    work: 'training',
    memo: true,
  }),
  'customers.explain': method<TreeExplanation>()({
    about: 'A decision tree that explains the segments or the clusters, judged on held-out customers.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      basis: z.enum(['rfm', 'cluster']).default('rfm'),
      maxDepth: z.number().int().min(1).max(12).default(8),
      settings: clusterSettingsSchema.default(defaultClusterSettings),
    }),
    where: 'main',
    memo: true,
  }),

  'customers.value': method<LifetimeValue>()({
    about: 'Lifetime value, chance of being alive, overdue customers; back-tested.',
    input: z.strictObject({ filter: filterSchema.default({}), ...valueSettings }),
    where: 'main',
    memo: true,
  }),
  'customers.valueList': method<Page<ValueRow>>()({
    about: 'Every customer with value, chance of being alive and next purchase.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      ...valueSettings,
      search: z.string().default(''),
      overdueOnly: z.boolean().default(false),
      sort: z
        .enum([
          'customer',
          'segment',
          'frequency',
          'lastDay',
          'historic',
          'predicted',
          'total',
          'expectedOrders',
          'alive',
          'overdueDays',
          'churn',
        ])
        .default('predicted'),
      descending: z.boolean().default(true),
      ...paging,
    }),
    where: 'main',
  }),
  'customers.profile': method<CustomerProfile>()({
    about: "One customer's value, segment path, orders and next products.",
    input: z.strictObject({ customer: z.string(), filter: filterSchema.default({}), ...valueSettings }),
    where: 'main',
  }),

  'customers.cohorts': method<CohortTriangle>()({
    about: 'Cohort triangle: customers by first purchase and how many came back, in customers and revenue.',
    input: z.strictObject({ filter: filterSchema.default({}), unit: z.enum(['month', 'quarter']).default('month') }),
    where: 'data',
    memo: true,
  }),
  'customers.habits': method<VisitHabits>()({
    about: 'Visits and basket over time per segment; how often customers buy.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
  'customers.concentration': method<Concentration>()({
    about: 'Pareto curve, Gini, share of the top customers.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
  'customers.distributions': method<Distributions>()({
    about: 'Histograms, statistics and correlation of the customer figures.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      features: z.array(z.string()).min(1).default(defaultMeasures),
    }),
    where: 'data',
    memo: true,
  }),
  'customers.migration': method<SegmentMigration>()({
    about: 'How customers moved between segments from one date to another, and what it meant in money.',
    input: z.strictObject(migrationDates),
    where: 'data',
    memo: true,
  }),
  'customers.movers': method<Page<MoverRow>>()({
    about: 'Who moved between segments.',
    input: z.strictObject({
      ...migrationDates,
      direction: z.enum(['all', 'up', 'down', 'arrived']).default('all'),
      /** Also those who stayed in their segment. */
      stayers: z.boolean().default(false),
      fromSegment: z
        .enum([...segmentIds, 'absent'])
        .nullable()
        .default(null),
      toSegment: z.enum(segmentIds).nullable().default(null),
      search: z.string().default(''),
      ...paging,
    }),
    where: 'data',
  }),

  'segments.profiles': method<SegmentProfiles>()({
    about: 'Profile cards of the segments with priority, and personas.',
    input: z.strictObject({ filter: filterSchema.default({}), horizonDays: valueSettings.horizonDays }),
    where: 'main',
  }),
  'segments.targets': method<TargetList>()({
    about: 'Whom to contact, why and how; with a random control group.',
    input: targetsInput,
    where: 'main',
  }),
  'playbook.get': method<PlaybookEntry[]>()({ about: 'What to do with each segment.', input: nothing, where: 'data' }),
  'playbook.set': method<PlaybookEntry[]>()({
    about: 'Changes the entry of one segment; null puts the original back.',
    input: z.strictObject({
      segment: z.enum(segmentIds),
      entry: z
        .strictObject({
          name: z.string().trim().min(1).max(60),
          description: z.string().trim().max(500),
          actions: z.array(z.string().trim().min(1).max(300)).max(10),
          offer: z.enum(offerTypes),
        })
        .nullable(),
    }),
    where: 'data',
    changes: true,
  }),
} as const;
