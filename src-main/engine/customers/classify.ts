import type { ClassifyAnswer, ClusterResult, Note, RfmSummary } from '../../../src-shared/domain.ts';
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
function rangeNotes(values: number[], fields: FormField[], ranges: Range[]): Note[] {
  return values.flatMap((value, index): Note[] => {
    const { min, max } = ranges[index];
    if (value >= min && value <= max) return [];
    const far = value < min - (max - min) || value > max + (max - min);
    const params = { feature: fields[index].label, value, min, max };
    return [{ code: far ? 'far-outside-range' : 'outside-range', params, level: far ? 'warning' : 'info' }];
  });
}

const namedValues = (values: number[], fields: FormField[]) =>
  values.map((value, index) => ({ feature: fields[index].id, value }));

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
    notes: rangeNotes(values, rfmFields, [rfm.recencyDays, rfm.frequency, monetary]),
  };
}

/** The fields of the form for a clustering: its features, in the order of its space. */
const clusterFields = ({ space }: Pick<ClusterResult, 'space'>): FormField[] =>
  space.map(({ id, label, min }) => ({ id, label, least: min >= 0 ? 0 : null, most: mostOfAnything, whole: false }));

/**
 * The cluster of one customer typed into the form: the nearest centroid in the clustering's own space.
 * @param text the features in the order of `result.space`, each in its own unit
 * @throws AppError 'invalid-input' as parseFormValues
 */
export function classifyCluster(
  text: string,
  result: Pick<ClusterResult, 'space' | 'centroids' | 'profiles'>,
): ClassifyAnswer {
  const fields = clusterFields(result);
  const values = parseFormValues(text, fields);
  const point = values.map((value, index) => coordinate(value, result.space[index]));
  const distances = result.centroids.map((centroid) =>
    centroid.reduce((sum, at, index) => sum + (point[index] - at) ** 2, 0),
  );
  const nearest = distances.indexOf(Math.min(...distances));
  return {
    basis: 'cluster',
    segment: null,
    scores: null,
    cluster: result.profiles[nearest].cluster,
    profile: result.profiles[nearest],
    values: namedValues(values, fields),
    notes: rangeNotes(values, fields, result.space),
  };
}
