/**
 * `npm run training:native`: adds @tensorflow/tfjs-node, which npm fetches with its native library, lets it pass the self-test and
 * prints how fast it trains beside WebAssembly; says why not where it cannot.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { covariatesOf } from '../src-main/engine/forecasting/covariates.ts';
import { lstm } from '../src-main/engine/forecasting/lstm.ts';
import type { TrainingEngine } from '../src-main/engine/forecasting/model.ts';
import { createRng } from '../src-main/engine/numeric/rng.ts';
import { loadTrainingEngine } from '../src-main/worker/training-engine.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const name = '@tensorflow/tfjs-node';
const days = 730;
const firstDay = 19_000;
const season = 7;

/** What went wrong, or null. npm takes back what it began where the package's own install fails. */
function add(): string | null {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const npm = process.env.npm_execpath;
  // As one for development: npm passes over an optional peer that is named alone, and drops one that fails in silence.
  const args = [
    'install',
    '--no-save',
    '--save-dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${peerDependencies[name]}`,
  ];
  const { status, stderr, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (error) return error.message;
  if (status === 0) return null;
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (ERR!|error) ?/, '').trim());
  const telling = /(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|\b40[34]\b|not found|no space|gyp ERR! (stack|find))/i;
  return lines.find((line) => telling.test(line)) ?? lines.find(Boolean) ?? `npm ended with ${status}`;
}

/** Seconds of one training of the LSTM on two years of days. */
async function seconds(engine: TrainingEngine): Promise<number> {
  const rng = createRng(1);
  const y = Float64Array.from(
    { length: days },
    (_, t) => 100 + 20 * Math.sin((2 * Math.PI * t) / season) + rng.normal(),
  );
  const started = performance.now();
  await lstm.fit(y, {
    period: season,
    horizon: 28,
    covariates: covariatesOf(
      'day',
      Int32Array.from({ length: days }, (_, t) => firstDay + t),
      [],
    ),
    rng: createRng(1),
    tick() {},
    pause: () => Promise.resolve(),
    training: () => Promise.resolve(engine),
    augurs: () => Promise.reject(new Error('The LSTM does not ask for it.')),
  });
  return (performance.now() - started) / 1000;
}

async function main(): Promise<string | null> {
  const wasm = await loadTrainingEngine({ isInstalled: () => false, load: () => null });
  const own = await seconds(wasm);
  console.log(`WebAssembly trains the LSTM on ${days} days in ${own.toFixed(1)} s. Adding ${name} …`);
  const failure = add();
  if (failure) return `it could not be added: ${failure}`;
  const native = await loadTrainingEngine();
  const { id, version, reason, detail = '' } = native.info;
  if (id !== 'tfjs-node')
    return `it was added, but ${reason === 'refused' ? 'fails the self-test' : 'does not load'}: ${detail}`;
  const theirs = await seconds(native);
  console.log(
    `${name} ${version} passes the self-test and trains in ${theirs.toFixed(1)} s, ${(own / theirs).toFixed(1)} times as fast as WebAssembly. Salescope uses it from now on.`,
  );
  return null;
}

const failure = await main();
if (failure) {
  console.log(`Salescope goes on training on WebAssembly. ${name} is not used: ${failure}`);
  process.exitCode = 1;
}
