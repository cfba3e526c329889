import { mean, populationVariance } from '../numeric/statistics.ts';
import { type LstmWeights, runLstm, type Samples, sequenceOf, type TrainingPlan, trainLstm } from './lstm-network.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { findSeason, type Season, withoutSeason, withSeason } from './season.ts';
import { trendAndSeason } from './season-contributions.ts';

interface Lstm extends Fitted {
  season: Season;
  /** log: the network sees logarithms; linear: values divided by `unit` (a series with values ≤ 0). */
  scale: 'log' | 'linear';
  unit: number;
  /** Numbers of one step of the sequence: a week of open days, or one period. */
  features: number;
  /** Length of the series, and its last window as the network sees it (before its level is taken off). */
  length: number;
  window: number[];
  /** null for a constant series: there is nothing to learn. */
  weights: LstmWeights | null;
  /** [outputs] root mean square error of each step on the samples, as the network sees them. */
  deviation: number[];
}

interface LstmParams extends TrainingPlan {
  /** Periods the network looks back, and periods it answers at once, at most. */
  window: number;
  outputs: number;
}

/** A season shorter than this is a week: the network reads one week a step. */
const longestWeek = 7;
const leastSamples = 8;
const mostSamples = 320;

/** The level of a window: what it is divided by (subtracted in logarithms) so that the network learns changes. */
const levelOf = (window: ArrayLike<number>, features: number): number => {
  const from = Math.max(0, window.length - Math.max(features, 3));
  return mean(Array.from({ length: window.length - from }, (_, i) => window[from + i]));
};

/** Sequence length, answer length and step width for a series of n periods. */
function shapeFor(n: number, period: number, horizon: number, { window, outputs }: LstmParams) {
  const features = period >= 2 && period <= longestWeek ? period : 1;
  const whole = (periods: number) => Math.max(1, Math.round(periods / features)) * features;
  const look = whole(features > 1 ? 4 * features : Math.min(window, Math.max(3, Math.floor(n / 4))));
  const longest = Math.max(1, n - look - leastSamples);
  return { features, look, answers: Math.max(1, Math.min(horizon, outputs, longest, Math.floor(n / 3))) };
}

/**
 * Windows of the series beside the periods that followed them, both without the window's level: every window, or every
 * second, third … up to the newest where there are very many.
 */
function samplesOf(z: Float64Array, look: number, answers: number, features: number): Samples {
  const windows = z.length - look - answers + 1;
  const stride = Math.ceil(windows / mostSamples);
  const count = Math.ceil(windows / stride);
  const x = new Float32Array(count * look);
  const y = new Float32Array(count * answers);
  for (let i = 0; i < count; i++) {
    const from = windows - 1 - (count - 1 - i) * stride;
    const level = levelOf(z.subarray(from, from + look), features);
    for (let k = 0; k < look; k++) x[i * look + k] = z[from + k] - level;
    for (let k = 0; k < answers; k++) y[i * answers + k] = z[from + look + k] - level;
  }
  return { count, steps: look / features, features, outputs: answers, x, y };
}

/** Error of each step over all samples; never falling with the step, as a forecast's spread cannot. */
function deviations(weights: LstmWeights, samples: Samples): number[] {
  const squares = new Float64Array(samples.outputs);
  for (let i = 0; i < samples.count; i++) {
    const answer = runLstm(weights, sequenceOf(samples, i));
    answer.forEach((value, k) => {
      squares[k] += (samples.y[i * samples.outputs + k] - value) ** 2;
    });
  }
  let widest = 0;
  return Array.from(squares, (sum) => {
    widest = Math.max(widest, Math.sqrt(sum / samples.count));
    return widest;
  });
}

/**
 * One LSTM layer and one dense layer. The series is deseasonalised, put into logarithms and divided by each window's
 * last level; the network answers all steps at once and is asked again, on its own answer, beyond them. Daily series
 * are read a week a step.
 */
export const lstm = defineModel<LstmParams, Lstm>({
  id: 'lstm',
  name: 'Neural network (LSTM)',
  about: 'A small recurrent neural network that learns how recent weeks or months lead to the next ones.',
  reference: 'Hochreiter & Schmidhuber 1997, Neural Computation 9(8), 1735–1780',
  deseasonalised: true,
  quick: false,
  memberOn: ['day'],
  seldomOnly: false,
  params: {
    units: 16,
    batch: 64,
    epochs: 60,
    patience: 6,
    learningRate: 0.01,
    validationShare: 0.2,
    window: 12,
    outputs: 28,
  },
  minLength: (period) => (period <= longestWeek ? Math.max(16, 6 * period) : 16),

  async fit(y, params, context) {
    const season = findSeason(y, context.period);
    const plain = withoutSeason(y, season);
    const scale = plain.every((value) => value > 0) ? 'log' : 'linear';
    const unit = scale === 'log' ? 1 : mean(plain.map(Math.abs)) || 1;
    const z = plain.map((value) => (scale === 'log' ? Math.log(value) : value / unit));
    const { features, look, answers } = shapeFor(y.length, context.period, context.horizon, params);
    const base = {
      version: 1,
      season,
      scale,
      unit,
      features,
      length: y.length,
      window: Array.from(z.subarray(-look)),
    } as const;
    if (populationVariance(z) === 0) return { ...base, weights: null, deviation: [0] };
    const samples = samplesOf(z, look, answers, features);
    const { weights, loss } = await trainLstm(samples, params, context);
    return { ...base, weights, deviation: deviations(weights, samples), loss };
  },

  predict({ season, scale, unit, features, length, window, weights, deviation }, horizon, levels, covariates) {
    const path = [...window];
    while (weights !== null && path.length < window.length + horizon) {
      const recent = path.slice(-window.length);
      const level = levelOf(recent, features);
      const answer = runLstm(
        weights,
        recent.map((value) => value - level),
      );
      path.push(...Array.from(answer, (change) => level + change));
    }
    const z = Float64Array.from({ length: horizon }, (_, j) =>
      weights === null ? window[0] : path[window.length + j],
    );
    const spread = z.map((_, j) => {
      const block = Math.floor(j / deviation.length);
      return (
        deviation[j % deviation.length] * Math.sqrt(1 + block) +
        (block > 0 ? deviation[deviation.length - 1] * (Math.sqrt(1 + block) - 1) : 0)
      );
    });
    const plain = (values: Float64Array) => values.map((value) => (scale === 'log' ? Math.exp(value) : value * unit));
    const back = (values: Float64Array) => withSeason(plain(values), season, length);
    const point = back(z);
    const intervals = normalIntervals(z, spread, levels);
    return {
      point,
      intervals: intervals.map(({ level, lower, upper }) => ({ level, lower: back(lower), upper: back(upper) })),
      contributions: trendAndSeason(point, plain(z), season.kind !== 'none', covariates),
    };
  },
});
