import type { ClassifyAnswer, ClusterResult, FeatureInfo, Note, RfmSummary } from '../../../src-shared/domain.ts';
import { assignCluster } from './cluster-model.ts';
import { oneHotId } from './feature-columns.ts';
import { coordinate } from './feature-space.ts';
import { type FormField, parseFormValues } from './form-values.ts';
import { scoresOf } from './rfm.ts';
import { segmentOf } from './segments.ts';

const moneyUnit = 10_000;
/** Currency units; whole 1/10 000 of it stay exact. */
const mostMoney = 1e11;
const mostOfAnything = 1e12;
/** A hundred years. */
const mostDays = 36_525;
const mostOrders = 1e6;

/** The fields of the RFM form in the order of typing; money in currency units. */
const rfmFields: FormField[] = [
  { id: 'recencyDays', label: 'days since the last purchase', least: 0, most: mostDays, whole: true },
  { id: 'frequency', label: 'number of orders', least: 1, most: mostOrders, whole: true },
  { id: 'monetary', label: 'money spent', least: 0, most: mostMoney, whole: false },
];

interface Range {
  min: number;
  max: number;
}

/**
 * Says when a value lies outside what the model has seen: `outside-range` beyond the smallest or largest value,
 * `far-outside-range` by more than the whole range as well (an income of 20000 where the file is in thousands).
 */
function rangeNotes(values: number[], fields: { label: string }[], ranges: Range[]): Note[] {
  return values.flatMap((value, index): Note[] => {
    const { min, max } = ranges[index];
    if (value >= min && value <= max) return [];
    const far = value < min - (max - min) || value > max + (max - min);
    const params = { feature: fields[index].label, value, min, max };
    return [{ code: far ? 'far-outside-range' : 'outside-range', params, level: far ? 'warning' : 'info' }];
  });
}

const namedValues = (values: number[], fields: { id: string; label: string }[]) =>
  values.map((value, index) => ({ feature: fields[index].id, label: fields[index].label, value }));

/**
 * The scores and the segment of one customer typed into the form.
 * @param text "days since the last purchase, number of orders, money spent" (money in currency units)
 * @param rfm cuts and ranges of the customers the answer is measured against (money in 1/10 000)
 * @throws AppError 'invalid-input' as parseFormValues
 */
export function classifyRfm(
  text: string,
  rfm: Pick<RfmSummary, 'cuts' | 'recencyDays' | 'frequency' | 'monetary'>,
): ClassifyAnswer {
  const values = parseFormValues(text, rfmFields);
  const [recencyDays, frequency, money] = values;
  const scores = scoresOf(recencyDays, frequency, Math.round(money * moneyUnit), rfm.cuts);
  const monetary = { min: rfm.monetary.min / moneyUnit, max: rfm.monetary.max / moneyUnit };
  return {
    basis: 'rfm',
    segment: segmentOf(scores.r, scores.f, scores.m),
    scores,
    cluster: null,
    profile: null,
    values: namedValues(values, rfmFields),
    membership: null,
    reason: null,
    notes: rangeNotes(values, rfmFields, [rfm.recencyDays, rfm.frequency, monetary]),
  };
}

type Space = ClusterResult['space'];

/** The feature that a column of the space belongs to: a category's id stands before "=". */
const featureOf = (id: string, categories: Map<string, string[]>): string => {
  const feature = id.slice(0, Math.max(0, id.indexOf('=')));
  return categories.has(feature) ? feature : id;
};

/** The fields of the form for a clustering: its features in the order of its space, a category once. */
function clusterFields(space: Space, features: CategoryFeature[]): FormField[] {
  const categories = new Map(features.flatMap((one) => (one.categories.length > 0 ? [[one.id, one.categories]] : [])));
  const fields: FormField[] = [];
  for (const { id, label, min } of space) {
    const feature = featureOf(id, categories);
    const names = categories.get(feature);
    if (!names) fields.push({ id, label, least: min >= 0 ? 0 : null, most: mostOfAnything, whole: false });
    else if (!fields.some((field) => field.id === feature)) {
      const called = features.find((one) => one.id === feature)!.label;
      fields.push({ id: feature, label: called, least: 1, most: names.length, whole: true, names });
    }
  }
  return fields;
}

/** What was typed, one value per column of the space: a category becomes 1 in its own column and 0 in the others. */
function columnValues(space: Space, fields: FormField[], typed: number[]): number[] {
  return space.map(({ id }) => {
    const number = fields.findIndex((field) => !field.names && field.id === id);
    if (number >= 0) return typed[number];
    const at = fields.findIndex((field) => field.names && id.startsWith(`${field.id}=`));
    return oneHotId(fields[at].id, fields[at].names![typed[at] - 1]) === id ? 1 : 0;
  });
}

type CategoryFeature = Pick<FeatureInfo, 'id' | 'label' | 'categories'>;

/**
 * The cluster of one customer typed into the form, found in the clustering's own space: nearest centroid, greatest
 * probability, or the cluster of the nearest core customer within eps (none: noise).
 * @param text the features in the order of `result.space`, each in its own unit; a category once, by its name or by its
 *   number in the list of its values (1 is the most frequent)
 * @param features those with categories, whatever else
 * @throws AppError 'invalid-input' as parseFormValues
 */
export function classifyCluster(
  text: string,
  result: Pick<ClusterResult, 'space' | 'model' | 'profiles'>,
  features: CategoryFeature[] = [],
): ClassifyAnswer {
  const { profiles, space } = result;
  const fields = clusterFields(space, features);
  const values = columnValues(space, fields, parseFormValues(text, fields));
  const point = values.map((value, index) => coordinate(value, space[index]));
  const { cluster, membership } = assignCluster(point, result.model);
  return {
    basis: 'cluster',
    segment: null,
    scores: null,
    cluster,
    profile: profiles.find((one) => one.cluster === cluster) ?? null,
    values: namedValues(values, space),
    membership: membership?.map((probability, c) => ({ cluster: c + 1, probability })) ?? null,
    reason: null,
    notes: rangeNotes(values, space, space),
  };
}
