import { quantile } from '../numeric/statistics.ts';

export interface Histogram {
  logBins: boolean;
  bins: { from: number; to: number; customers: number }[];
}

const fewestBins = 10;
const mostBins = 40;
/** Beyond this skewness equal steps would put nearly everybody into one bar. */
const longTail = 2;
/** Without a logarithm to help, this share of each end stands in one wide bin. */
const tailShare = 0.01;

/** Round numbers of one decade, from coarse to fine; all are whole in tenths or hundredths. */
const decades = [
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.6, 4, 4.5, 5, 5.6, 6.3, 7, 8, 9],
];
const steps = [1, 2, 2.5, 5];

/** value · 10^power without the dust of a binary fraction. */
const decimal = (value: number, power: number): number => Number(`${value}e${power}`);

/**
 * Bins by Freedman and Diaconis' width 2 · IQR · n^(−1/3), held to 10–40; without an interquartile range as few as allowed.
 * Reference: Freedman & Diaconis 1981, Zeitschrift für Wahrscheinlichkeitstheorie 57(4).
 */
function wantedBins(sorted: ArrayLike<number>, from: number, to: number): number {
  const width = (2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))) / Math.cbrt(sorted.length);
  if (!(width > 0)) return fewestBins;
  return Math.min(mostBins, Math.max(fewestBins, (to - from) / width));
}

/** The candidate whose number of bins is nearest to what is wanted, measured as a ratio. */
function nearest(candidates: number[][], wanted: number): number[] {
  const apart = (edges: number[]) => Math.abs(Math.log((edges.length - 1) / wanted));
  const allowed = candidates.filter((edges) => edges.length - 1 >= fewestBins && edges.length - 1 <= mostBins);
  return (allowed.length > 0 ? allowed : candidates).reduce((best, edges) =>
    apart(edges) < apart(best) ? edges : best,
  );
}

/** Edges at equal round steps that cover from … to; whole numbers for whole values. */
function linearEdges(from: number, to: number, wanted: number, whole: boolean): number[] {
  const power = Math.floor(Math.log10((to - from) / wanted));
  const candidates: number[][] = [];
  for (let exponent = power - 1; exponent <= power + 1; exponent++) {
    for (const step of steps) {
      const size = decimal(step, exponent);
      if (whole && !Number.isInteger(size)) continue;
      const first = Math.floor(from / size);
      // A value on an edge belongs to the bin that begins there, the highest to the last bin.
      const last = Math.max(first + 1, Math.ceil(to / size));
      if (last - first > 4 * mostBins) continue;
      candidates.push(Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * size).toPrecision(12))));
    }
  }
  // Values spread less than one each: whole steps of 1 are the finest there are.
  if (candidates.length === 0) candidates.push([Math.floor(from), Math.floor(from) + 1]);
  return nearest(candidates, wanted);
}

/** Round edges at about equal ratios that cover from … to, both above zero. */
function logEdges(from: number, to: number, wanted: number, whole: boolean): number[] {
  const candidates = decades.map((decade) => {
    const edges: number[] = [];
    for (let power = Math.floor(Math.log10(from)) - 1; power <= Math.ceil(Math.log10(to)) + 1; power++)
      for (const value of decade) edges.push(decimal(value, power));
    const usable = whole ? edges.filter((edge) => Number.isInteger(edge)) : edges;
    const first = usable.findLastIndex((edge) => edge <= from);
    const last = usable.findIndex((edge) => edge >= to);
    return usable.slice(first, Math.max(last, first + 1) + 1);
  });
  return nearest(candidates, wanted);
}

function counted(sorted: ArrayLike<number>, edges: number[]): Histogram['bins'] {
  const bins = edges.slice(1).map((to, i) => ({ from: edges[i], to, customers: 0 }));
  let at = 0;
  for (let i = 0; i < sorted.length; i++) {
    while (at < bins.length - 1 && sorted[i] >= bins[at].to) at++;
    bins[at].customers++;
  }
  return bins;
}

/**
 * Counts values in bins with round edges: equal steps, or equal ratios where the tail is long (|skewness| above 2) and
 * all values are above zero. With a long tail that reaches zero or below, the outer hundredth on each side stands in one
 * wide bin. A bin holds its lower edge and not its upper one; the last holds both. Equal values give one bin without
 * width; whole numbers with a small range give fewer than ten bins.
 * @param sorted [n ≥ 1] ascending, finite
 * @returns bins that add up to n. O(n).
 */
export function histogram(sorted: Float64Array, skewness: number): Histogram {
  const n = sorted.length;
  const low = sorted[0];
  const high = sorted[n - 1];
  if (low === high) return { logBins: false, bins: [{ from: low, to: high, customers: n }] };
  const whole = sorted.every((value) => Number.isInteger(value));
  const long = Math.abs(skewness) > longTail;
  if (long && low > 0) {
    const logs = sorted.map((value) => Math.log10(value));
    const wanted = wantedBins(logs, logs[0], logs[n - 1]);
    return { logBins: true, bins: counted(sorted, logEdges(low, high, wanted, whole)) };
  }
  const from = long ? quantile(sorted, tailShare) : low;
  const to = long ? quantile(sorted, 1 - tailShare) : high;
  if (from === to) return { logBins: false, bins: counted(sorted, linearEdges(low, high, fewestBins, whole)) };
  const edges = linearEdges(from, to, wantedBins(sorted, from, to), whole);
  if (low < edges[0]) edges.unshift(low);
  if (high > edges[edges.length - 1]) edges.push(high);
  return { logBins: false, bins: counted(sorted, edges) };
}
