import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AppError } from '../../src-shared/errors.ts';
import type { AugursModules, ProphetOptimizer } from '../engine/forecasting/augurs-modules.ts';

const nodeRequire = createRequire(import.meta.url);

/**
 * Loads augurs' MSTL from the bytes of its .wasm file, which lies beside its module in a checkout and in an installed app.
 * @throws AppError 'engine-unavailable'
 */
export async function loadAugurs(): Promise<AugursModules> {
  const { MSTL } = await started('augurs', async () => {
    const module = await import('@bsull/augurs/mstl');
    const path = nodeRequire.resolve('@bsull/augurs/mstl').replace(/\.js$/, '_bg.wasm');
    await module.default({ module_or_path: await readFile(path) });
    return module;
  });
  let prophet: Promise<ProphetOptimizer> | null = null;
  return {
    mstl: (periods) => MSTL.ets(periods),
    prophet() {
      prophet ??= started('prophet', async () => (await import('@bsull/augurs-prophet-wasmstan')).optimizer);
      return prophet;
    },
  };
}

async function started<T>(engine: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new AppError('engine-unavailable', `The forecasting library could not be started: ${cause}`, { engine });
  }
}
