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
  const [{ MSTL }, { AutoETS }] = await started('augurs', () =>
    Promise.all([
      withBytes(import('@bsull/augurs/mstl'), '@bsull/augurs/mstl'),
      withBytes(import('@bsull/augurs/ets'), '@bsull/augurs/ets'),
    ]),
  );
  return { mstl: (period) => (period > 1 ? MSTL.ets([period]) : new AutoETS(1, 'ZZN')), prophet: prophetLoader() };
}

/** Stan compiled to WASM cannot recover from its own exceptions: after one, the next fit gets a fresh instance. */
function prophetLoader(): () => Promise<ProphetOptimizer> {
  const url = pathToFileURL(nodeRequire.resolve('@bsull/augurs-prophet-wasmstan')).href;
  let current: Promise<ProphetOptimizer> | null = null;
  let instances = 0;
  const load = async (): Promise<ProphetOptimizer> => {
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
    current ??= started('prophet', load);
    return current;
  };
}

/** Initialises one of augurs' modules; its own way is to fetch a URL, which Node cannot for files. */
async function withBytes<Module extends { default(input: { module_or_path: Buffer<ArrayBuffer> }): Promise<unknown> }>(
  loading: Promise<Module>,
  name: string,
): Promise<Module> {
  const module = await loading;
  await module.default({ module_or_path: await readFile(nodeRequire.resolve(name).replace(/\.js$/, '_bg.wasm')) });
  return module;
}

async function started<T>(engine: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new AppError('engine-unavailable', `The forecasting library could not be started: ${cause}`, { engine });
  }
}
