import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import util from 'node:util';
import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import type { EngineInfo } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import type { TrainingEngine } from '../engine/forecasting/model.ts';

// Not named `require`: the bundler puts its own constant of that name into this file.
const nodeRequire = createRequire(import.meta.url);

/** One step of a tiny regression may differ this much between two sound engines (single precision). */
const selfTestTolerance = 1e-4;

export type { TrainingEngine };

/** A package that the user may have added. */
export interface AddedPackage {
  isInstalled(): boolean;
  load(): unknown;
}

/**
 * Loads the neural-network runtime of the model thread: the user's own @tensorflow/tfjs-node when it is installed and
 * computes what WebAssembly computes, else WebAssembly (one thread, so that results repeat).
 * @throws AppError 'engine-unavailable'
 */
export async function loadTrainingEngine(added: AddedPackage = tfjsNode): Promise<TrainingEngine> {
  const wasm = await loadWasm();
  if (!added.isInstalled()) return wasm;
  const expected = trainOneStep(wasm.core);
  const goOn = async (reason: 'refused' | 'not-loaded', error: unknown): Promise<TrainingEngine> => {
    await useBackend(wasm.core, 'wasm');
    const [detail] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { ...wasm, info: { ...wasm.info, reason, detail } };
  };
  let native: TrainingEngine;
  try {
    native = await loadNative(added, wasm);
  } catch (error) {
    return goOn('not-loaded', error);
  }
  try {
    const difference = Math.max(...trainOneStep(native.core).map((value, i) => Math.abs(value - expected[i])));
    if (difference <= selfTestTolerance) return native;
    throw new Error(`its training step differs from WebAssembly's by ${difference}`);
  } catch (error) {
    return goOn('refused', error);
  }
}

async function loadWasm(): Promise<TrainingEngine> {
  let file = 'the package @tensorflow/tfjs-backend-wasm';
  try {
    const tf: typeof core = nodeRequire('@tensorflow/tfjs-core');
    const backend: typeof import('@tensorflow/tfjs-backend-wasm') = nodeRequire('@tensorflow/tfjs-backend-wasm');
    // Bundled, the package cannot find its own file: say where it lies. Threads would add sums in another order.
    const home = dirname(nodeRequire.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
    file = `${home}/dist/tfjs-backend-wasm-simd.wasm`;
    const names = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
    backend.setWasmPaths(Object.fromEntries(names.map((name) => [name, file])));
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    await useBackend(tf, 'wasm');
    const info: EngineInfo = { id: 'wasm', reason: 'default', version: tf.version_core };
    return { core: tf, layers: nodeRequire('@tensorflow/tfjs-layers') as typeof layers, info };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const message = `The training engine could not be started from ${file}: ${cause}`;
    throw new AppError('engine-unavailable', message, { engine: 'wasm', file });
  }
}

/** tfjs-node registers the backend 'tensorflow' with the same tfjs-core and brings two calls that newer Nodes dropped. */
async function loadNative(added: AddedPackage, wasm: TrainingEngine): Promise<TrainingEngine> {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, replacement] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: replacement, configurable: true });
  }
  const native = added.load() as typeof core & { version: Record<string, string> };
  await useBackend(native, 'tensorflow');
  const info: EngineInfo = {
    id: 'tfjs-node',
    reason: 'accepted',
    version: native.version['tfjs-node'] ?? wasm.info.version,
  };
  return { core: native, layers: nodeRequire('@tensorflow/tfjs-layers') as typeof layers, info };
}

async function useBackend(tf: typeof core, name: string): Promise<void> {
  const set = await tf.setBackend(name);
  await tf.ready();
  if (!set || tf.getBackend() !== name) {
    throw new AppError('engine-unavailable', `The training engine "${name}" did not start; "${tf.getBackend()}" did.`);
  }
}

const tfjsNode: AddedPackage = {
  isInstalled() {
    try {
      nodeRequire.resolve('@tensorflow/tfjs-node');
      return true;
    } catch {
      return false;
    }
  },
  load: () => nodeRequire('@tensorflow/tfjs-node'),
};

/** Weights of a small regression after one step of gradient descent from a fixed start: the same on every sound engine. */
function trainOneStep(tf: typeof core): number[] {
  return tf.tidy(() => {
    const x = tf.tensor2d([0.5, -1, 2, 0.25, 1, 1.5], [3, 2]);
    const y = tf.tensor2d([1, -0.5, 2], [3, 1]);
    const weights = tf.variable(tf.tensor2d([0.1, -0.2], [2, 1]));
    const optimizer = tf.train.sgd(0.1);
    optimizer.minimize(() => tf.mean(tf.square(tf.sub(tf.tanh(tf.matMul(x, weights)), y))) as core.Scalar);
    const result = Array.from(weights.dataSync());
    optimizer.dispose();
    weights.dispose();
    return result;
  });
}
