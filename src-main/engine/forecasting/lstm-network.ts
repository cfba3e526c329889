import type * as core from '@tensorflow/tfjs-core';
import type { FitContext, Fitted, TrainingEngine } from './model.ts';

/** Sequences in, all steps at once out; row-major. */
export interface Samples {
  count: number;
  /** Steps of a sequence, numbers of a step, numbers of an answer. */
  steps: number;
  features: number;
  outputs: number;
  x: Float32Array;
  y: Float32Array;
}

/** Weights of one LSTM layer and one dense layer in tfjs's order (gates: input, forget, cell, output). */
export interface LstmWeights {
  units: number;
  features: number;
  outputs: number;
  /** [features · 4·units], [units · 4·units], [4·units], [units · outputs], [outputs] */
  kernel: number[];
  recurrent: number[];
  bias: number[];
  dense: number[];
  denseBias: number[];
}

export interface TrainingPlan {
  units: number;
  batch: number;
  epochs: number;
  /** Epochs without a better validation loss before training stops. */
  patience: number;
  learningRate: number;
  /** Newest samples kept for validation, as a share. */
  validationShare: number;
}

const pauseEveryEpochs = 5;

/**
 * Trains the network: Adam on the mean squared error, early stopping on the newest samples, the best epoch's weights.
 * The order of samples is shuffled by `rng`; with the same seed every run gives the same bits.
 * Reference: Hochreiter & Schmidhuber 1997, Neural Computation 9(8); Kingma & Ba 2015 (Adam).
 */
export async function trainLstm(
  samples: Samples,
  plan: TrainingPlan,
  context: FitContext,
): Promise<{ weights: LstmWeights; loss: NonNullable<Fitted['loss']> }> {
  const engine = await context.training();
  const tf = engine.core;
  const held = Math.max(1, Math.round(samples.count * plan.validationShare));
  const network = buildNetwork(engine, samples, plan, context.rng.below(2 ** 30));
  const optimizer = tf.train.adam(plan.learningRate);
  try {
    const loss = { training: [] as number[], validation: [] as number[], bestEpoch: 0 };
    let best = Infinity;
    let weights = network.read();
    const order = indices(0, samples.count - held);
    for (let epoch = 1; epoch <= plan.epochs && epoch - loss.bestEpoch <= plan.patience; epoch++) {
      shuffle(order, context);
      loss.training.push(trainEpoch({ tf, network, optimizer, samples, order, plan, context }));
      const current = network.read();
      const validated = meanSquaredError(current, samples, samples.count - held);
      loss.validation.push(validated);
      if (validated < best) {
        best = validated;
        loss.bestEpoch = epoch;
        weights = current;
      }
      if (epoch % pauseEveryEpochs === 0) await context.pause();
    }
    return { weights, loss };
  } finally {
    optimizer.dispose();
    network.dispose();
  }
}

interface Epoch {
  tf: typeof core;
  network: ReturnType<typeof buildNetwork>;
  optimizer: core.Optimizer;
  samples: Samples;
  order: Int32Array;
  plan: TrainingPlan;
  context: FitContext;
}

/** One pass over the training samples; answers their mean loss. */
function trainEpoch({ tf, network, optimizer, samples, order, plan, context }: Epoch): number {
  let total = 0;
  for (let from = 0; from < order.length; from += plan.batch) {
    context.tick();
    const rows = order.subarray(from, from + plan.batch);
    total +=
      rows.length *
      tf.tidy(() => {
        const { x, y } = toTensors(tf, samples, rows);
        return optimizer.minimize(() => network.error(x, y), true)?.dataSync()[0] ?? Number.NaN;
      });
  }
  return total / order.length;
}

function buildNetwork({ core: tf, layers }: TrainingEngine, samples: Samples, plan: TrainingPlan, seed: number) {
  const glorot = (offset: number) => layers.initializers.glorotUniform({ seed: seed + offset });
  const model = layers.sequential();
  model.add(
    layers.layers.lstm({
      units: plan.units,
      inputShape: [samples.steps, samples.features],
      // tfjs would take a piecewise line; runLstm and the literature take the logistic function.
      recurrentActivation: 'sigmoid',
      kernelInitializer: glorot(1),
      recurrentInitializer: glorot(2),
    }),
  );
  model.add(layers.layers.dense({ units: samples.outputs, kernelInitializer: glorot(3) }));
  const read = (): LstmWeights => {
    const [kernel, recurrent, bias, dense, denseBias] = model
      .getWeights()
      .map((weight) => Array.from(weight.dataSync()));
    const { features, outputs } = samples;
    return { units: plan.units, features, outputs, kernel, recurrent, bias, dense, denseBias };
  };
  const error = (x: core.Tensor, y: core.Tensor): core.Scalar =>
    tf.mean(tf.square(tf.sub(model.apply(x, { training: true }) as core.Tensor, y))) as core.Scalar;
  return { error, read, dispose: () => void model.dispose() };
}

const indices = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => from + i);

/** Fisher–Yates. */
function shuffle(order: Int32Array, { rng }: FitContext): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
}

function toTensors(tf: typeof core, samples: Samples, rows: Int32Array): { x: core.Tensor; y: core.Tensor } {
  const width = samples.steps * samples.features;
  const x = new Float32Array(rows.length * width);
  const y = new Float32Array(rows.length * samples.outputs);
  rows.forEach((row, i) => {
    x.set(samples.x.subarray(row * width, (row + 1) * width), i * width);
    y.set(samples.y.subarray(row * samples.outputs, (row + 1) * samples.outputs), i * samples.outputs);
  });
  return {
    x: tf.tensor3d(x, [rows.length, samples.steps, samples.features]),
    y: tf.tensor2d(y, [rows.length, samples.outputs]),
  };
}

/** Of the samples from `from` on. A few sequences are answered faster here than through the runtime. */
function meanSquaredError(weights: LstmWeights, samples: Samples, from: number): number {
  let sum = 0;
  for (let i = from; i < samples.count; i++) {
    runLstm(weights, sequenceOf(samples, i)).forEach((value, k) => {
      sum += (samples.y[i * samples.outputs + k] - value) ** 2;
    });
  }
  return sum / ((samples.count - from) * samples.outputs);
}

/** [steps · features] of one sample. */
export function sequenceOf({ x, steps, features }: Samples, i: number): Float32Array {
  const width = steps * features;
  return x.subarray(i * width, (i + 1) * width);
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * The network's answer to one sequence, from the stored weights alone: a stored model needs no runtime to predict.
 * @param sequence [steps · features] row-major
 * @returns [outputs]
 * Reference: Hochreiter & Schmidhuber 1997 with forget gates (Gers et al. 2000), as Keras orders them.
 */
export function runLstm(weights: LstmWeights, sequence: ArrayLike<number>): Float64Array {
  const { units, features, outputs } = weights;
  const hidden = new Float64Array(units);
  const cell = new Float64Array(units);
  const gates = new Float64Array(4 * units);
  for (let step = 0; step * features < sequence.length; step++) {
    for (let g = 0; g < 4 * units; g++) {
      let sum = weights.bias[g];
      for (let f = 0; f < features; f++) sum += sequence[step * features + f] * weights.kernel[f * 4 * units + g];
      for (let u = 0; u < units; u++) sum += hidden[u] * weights.recurrent[u * 4 * units + g];
      gates[g] = sum;
    }
    for (let u = 0; u < units; u++) {
      const candidate = Math.tanh(gates[2 * units + u]);
      cell[u] = sigmoid(gates[units + u]) * cell[u] + sigmoid(gates[u]) * candidate;
      hidden[u] = sigmoid(gates[3 * units + u]) * Math.tanh(cell[u]);
    }
  }
  return Float64Array.from({ length: outputs }, (_, o) => {
    let sum = weights.denseBias[o];
    for (let u = 0; u < units; u++) sum += hidden[u] * weights.dense[u * outputs + o];
    return sum;
  });
}
