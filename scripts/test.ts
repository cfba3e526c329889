/**
 * `npm test`: lint, types, unit and reference tests, then the browser tests; ends with the ten slowest test files and one
 * line that adds them all up. SALESCOPE_TESTS=full runs the sweeps on every seed and pair (tests/fixtures/depth.ts).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** What Vitest's JSON report says of one test file; times in milliseconds. */
interface FileReport {
  name: string;
  startTime: number;
  endTime: number;
}

const slowestShown = 10;
const files: FileReport[] = [];

const scratch = mkdtempSync(join(tmpdir(), 'salescope-tests-'));
const bin = (name: string) => join('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const shell = process.platform === 'win32';
const said = (command: string, args: string[]): string => `\n── ${command.split(/[\\/]/).at(-1)} ${args.join(' ')}`;

/** Runs a check beside others and shows at its end what it said; without tests of its own it counts as one. */
function check(command: string, args: string[]): Promise<Tally> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  return new Promise((done) => {
    const end = (passed: boolean, text = Buffer.concat(output).toString()): void => {
      console.log(`${said(command, args)}\n${text.trim()}`);
      done(passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code) => end(code === 0));
  });
}

/** Runs a Vitest suite; a suite that dies without a report, or fails without a failed test, counts as one failure. */
function suite(name: string, ...args: string[]): Tally {
  const report = join(scratch, `${name}.json`);
  const words = ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  console.log(said(bin('vitest'), words));
  const passed = spawnSync(bin('vitest'), words, { stdio: 'inherit', shell }).status === 0;
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    files.push(...testResults);
    return { passed: numPassedTests, failed: Math.max(numFailedTests, passed ? 0 : 1), skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const tallies = [
  // The build writes the names of the library's components, which the type check reads.
  await check(process.execPath, ['scripts/build.ts', '--if-needed']),
  ...(await Promise.all([
    check(bin('biome'), ['check', '.']),
    check(bin('vue-tsc'), ['--noEmit']),
    check(bin('knip'), ['--no-config-hints']),
  ])),
  suite('unit'),
  suite('interface', '--config', 'tests/interface/vitest.interface.config.ts'),
];
rmSync(scratch, { recursive: true, force: true });

const seconds = ({ startTime, endTime }: FileReport): number => (endTime - startTime) / 1000;
console.log('\nThe slowest test files, in seconds');
for (const file of files.sort((a, b) => seconds(b) - seconds(a)).slice(0, slowestShown))
  console.log(`${seconds(file).toFixed(1).padStart(7)}  ${relative(process.cwd(), file.name)}`);

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
