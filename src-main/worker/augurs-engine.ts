import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as wasmStan from '@bsull/augurs-prophet-wasmstan';
import { AppError } from '../../src-shared/errors.ts';
import type { AugursModules, ProphetOptimizer } from '../engine/forecasting/augurs-modules.ts';

const nodeRequire = createRequire(import.meta.url);

/**
 * Loads augurs' MSTL and ETS from the bytes of their .wasm files, which lie beside the modules in a checkout and in an
 * installed app.
 * @throws AppError 'engine-unavailable'
 */
export async function loadAugurs(): Promise<AugursModules> {
  const [{ MSTL }, { AutoETS }] = await Promise.all([
    withBytes(import('@bsull/augurs/mstl'), '@bsull/augurs/mstl'),
    withBytes(import('@bsull/augurs/ets'), '@bsull/augurs/ets'),
  ]);
  return { mstl: (period) => (period > 1 ? MSTL.ets([period]) : new AutoETS(1, 'ZZN')), prophet: prophetLoader() };
}

/** Stan compiled to WASM cannot recover from its own exceptions: after one, the next fit gets a fresh instance. */
function prophetLoader(): () => Promise<ProphetOptimizer> {
  let current: Promise<ProphetOptimizer> | null = null;
  let instances = 0;
  const load = async (file: string): Promise<ProphetOptimizer> => {
    const url = pathToFileURL(file).href;
    const { optimizer }: typeof wasmStan = await import(`${url}?instance=${instances++}`);
    return {
      optimize(...input) {
        try {
          return optimizer.optimize(...input);
        } catch (error) {
          if (error instanceof WebAssembly.RuntimeError) current = null;
          throw error;
        }
      },
    };
  };
  return () => {
    current ??= started('prophet', () => nodeRequire.resolve('@bsull/augurs-prophet-wasmstan'), load);
    return current;
  };
}

/** Initialises one of augurs' modules; its own way is to fetch a URL, which Node cannot for files. */
function withBytes<Module extends { default(input: { module_or_path: Buffer<ArrayBuffer> }): Promise<unknown> }>(
  loading: Promise<Module>,
  name: string,
): Promise<Module> {
  const bytesOf = () => nodeRequire.resolve(name).replace(/\.js$/, '_bg.wasm');
  return started('augurs', bytesOf, async (file) => {
    const module = await loading;
    await module.default({ module_or_path: await readFile(file) });
    return module;
  });
}

/** @param find what is loaded; named in the error, as an installation that lost or damaged it is repaired there */
async function started<T>(engine: string, find: () => string, load: (file: string) => Promise<T>): Promise<T> {
  let file = engine;
  try {
    file = find();
    return await load(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const message = `The forecasting library could not be started from ${file}: ${cause}`;
    throw new AppError('engine-unavailable', message, { engine, file });
  }
}
