/** `npm test`: lint, types, unit and reference tests, then the browser tests; ends with one line that adds them all up. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), 'salescope-tests-'));
const bin = (name: string) => join('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

function run(command: string, args: string[]): boolean {
  console.log(`\n── ${command.split(/[\\/]/).at(-1)} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** A check without tests of its own counts as one. */
const check = (command: string, args: string[]): Tally =>
  run(command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

/** Runs a Vitest suite; a suite that dies without a report, or fails without a failed test, counts as one failure. */
function suite(name: string, ...args: string[]): Tally {
  const report = join(scratch, `${name}.json`);
  const passed = run(bin('vitest'), [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: Math.max(numFailedTests, passed ? 0 : 1), skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const tallies = [
  check(bin('biome'), ['check', '.']),
  check(bin('vue-tsc'), ['--noEmit']),
  check(bin('knip'), ['--no-config-hints']),
  check(process.execPath, ['scripts/build.ts', '--if-needed']),
  suite('unit'),
  suite('interface', '--config', 'tests/interface/vitest.interface.config.ts'),
];
rmSync(scratch, { recursive: true, force: true });

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
