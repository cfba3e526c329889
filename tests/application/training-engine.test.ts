/** Which training engine runs and why, with stand-ins for the package that a user may add. */
import type * as core from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { type AddedPackage, loadTrainingEngine } from '../../src-main/worker/training-engine.ts';

const absent: AddedPackage = {
  isInstalled: () => false,
  load: () => {
    throw new Error('not asked for');
  },
};
const { core: tf, info: wasm } = await loadTrainingEngine(absent);
afterAll(() => tf.setBackend('wasm'));

/** Looks like tfjs-node and computes as WebAssembly does, but for what is changed. */
function standIn(changes: Partial<typeof core> = {}): AddedPackage {
  let backend = 'none';
  const module = {
    ...tf,
    setBackend: async (name: string) => {
      backend = name;
      return true;
    },
    getBackend: () => backend,
    version: { 'tfjs-node': '4.22.0-stand-in' },
    ...changes,
  };
  return { isInstalled: () => true, load: () => module };
}

const failing = (message: string): AddedPackage => ({
  isInstalled: () => true,
  load: () => {
    throw new Error(message);
  },
});

describe('the training engine', () => {
  it('is WebAssembly where nothing was added', () => {
    expect(wasm).toEqual({ id: 'wasm', reason: 'default', version: tf.version_core });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('is the added one that computes the same', async () => {
    const { core: used, info } = await loadTrainingEngine(standIn());
    expect(info).toEqual({ id: 'tfjs-node', reason: 'accepted', version: '4.22.0-stand-in' });
    expect(used.getBackend()).toBe('tensorflow');
  });

  it('is WebAssembly where the added one computes something else', async () => {
    const wrong = standIn({ tanh: ((x: core.Tensor) => tf.mul(tf.tanh(x), 1.01)) as typeof core.tanh });
    const { core: used, info } = await loadTrainingEngine(wrong);
    expect(info).toMatchObject({ id: 'wasm', reason: 'refused', version: wasm.version });
    expect(info.detail).toMatch(/^its training step differs from WebAssembly's by 0\.0\d+$/);
    expect(used.getBackend()).toBe('wasm');
  });

  it('is WebAssembly where the added one fails while it computes', async () => {
    const broken = standIn({
      tanh: (() => {
        throw new Error('Kernel "Tanh" is not registered.\nstack');
      }) as typeof core.tanh,
    });
    expect((await loadTrainingEngine(broken)).info).toMatchObject({
      id: 'wasm',
      reason: 'refused',
      detail: 'Kernel "Tanh" is not registered.',
    });
  });

  it.each([
    [
      'cannot be loaded',
      failing('libtensorflow.so.2: cannot open shared object file\nRequire stack: …'),
      'libtensorflow.so.2: cannot open shared object file',
    ],
    [
      'does not start its backend',
      standIn({ setBackend: async () => false, getBackend: () => 'cpu' }),
      'The training engine "tensorflow" did not start; "cpu" did.',
    ],
  ] as const)('is WebAssembly where the added one %s', async (_what, added, detail) => {
    const { core: used, info } = await loadTrainingEngine(added);
    expect(info).toEqual({ ...wasm, reason: 'not-loaded', detail });
    expect(used.getBackend()).toBe('wasm');
  });
});
