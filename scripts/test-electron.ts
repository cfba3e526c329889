/**
 * `npm run test:electron`: every scenario of tests/interface on Electron's own runtime, fetched where it can be; prints
 * SKIPPED and why where it cannot.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchElectron, findElectron } from '../src-main/doors/electron-runtime.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The runtime is some 100 MB. */
const fetchLimitMs = 600_000;

const why = findElectron(root) ? '' : await fetchElectron(root, fetchLimitMs);
if (findElectron(root)) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--config', 'tests/interface/vitest.interface.config.ts', ...process.argv.slice(2)];
  const env = { ...process.env, SALESCOPE_DOOR: 'electron' };
  process.exitCode = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1;
} else {
  console.log(`SKIPPED: the scenarios on Electron's own runtime: it is not here and could not be fetched (${why}).`);
}
