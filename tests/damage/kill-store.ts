/**
 * Kills a program with signal 9 at random moments of everything that writes, and asks a fresh start: it must find the store
 * whole, and as it was before or as it is after, never in between.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createApplication } from '../../src-main/application/application.ts';
import { faultsOf, listBackups } from '../../src-main/store/backups.ts';
import type { MethodName } from '../../src-shared/contract.ts';
import { draws } from './damage-store.ts';
import { salesCsv, told } from './full-store.ts';

interface Deed {
  name: string;
  method: MethodName;
  input: unknown;
}

export interface KillOutcome {
  name: string;
  kills: number;
  /** How many fresh starts found it undone, how many done. */
  before: number;
  after: number;
  /** What must not be: a state in between, a store or a copy that is not whole, something half-written. */
  wrong: string[];
}

const quick = { frequency: 'month', horizon: 3, model: 'seasonal-naive' };

/** A store with a past: imports, a change after a copy, a copy to go back to. */
async function prepare(home: string): Promise<Deed[]> {
  const file = (name: string, text: string) => {
    const path = join(home, '..', name);
    writeFileSync(path, text);
    return { path, name };
  };
  const { call, close } = createApplication({ storePath: join(home, 'store.db') });
  await call('settings.set', { currency: 'EUR', businessName: 'Shop' });
  await call('import.run', { file: file('a.csv', salesCsv(3000)) });
  await call('import.run', { file: file('b.csv', salesCsv(3000, 2500)) });
  const { id } = await call('backup.make', {});
  await call('settings.set', { businessName: 'Renamed' });
  await close();
  return [
    { name: 'import', method: 'import.run', input: { file: file('c.csv', salesCsv(30_000, 7000)) } },
    { name: 'undo', method: 'import.undo', input: { importId: 1 } },
    { name: 'rules', method: 'settings.set', input: { rules: { unknownCustomer: 'keep', cancellations: 'drop' } } },
    { name: 'publish', method: 'ledger.publish', input: { ...quick, name: 'P' } },
    { name: 'train', method: 'model.save', input: { ...quick, name: 'M' } },
    { name: 'report', method: 'report.pdf', input: quick },
    { name: 'backup', method: 'backup.make', input: {} },
    { name: 'restore', method: 'backup.restore', input: { id } },
  ];
}

interface Child {
  process: ChildProcess;
  ended: Promise<void>;
}

async function begin(storePath: string, { method, input }: Deed): Promise<Child> {
  const child = fork(join(import.meta.dirname, 'do-in-child.ts'), [storePath, method, JSON.stringify(input)], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise((done) => child.once('message', done));
  child.send('go');
  return { process: child, ended };
}

/** What a fresh start tells of a store; nothing half-written may lie beside it by then, and every copy must be whole. */
async function stateOf(home: string): Promise<string> {
  const path = join(home, 'store.db');
  const text = await told(path);
  const halves = readdirSync(home, { recursive: true }).filter((name) => /\.part/.test(String(name)));
  if (halves.length > 0) throw new Error(`Left lying: ${halves}`);
  for (const { folder, id } of listBackups(path)) {
    const faults = faultsOf(join(folder, id));
    if (faults.length > 0) throw new Error(`${id}: ${faults[0]}`);
  }
  return text;
}

/**
 * @param folder a scratch folder
 * @param kills of each deed
 */
export async function killStore(folder: string, kills: number, seed: number): Promise<KillOutcome[]> {
  const draw = draws(seed);
  const base = join(folder, 'base', 'home');
  mkdirSync(base, { recursive: true });
  const deeds = await prepare(base);
  const before = await stateOf(base);
  const outcomes: KillOutcome[] = [];
  let trial = 0;
  const fresh = (): string => {
    const home = join(folder, `trial-${++trial}`);
    cpSync(base, home, { recursive: true });
    return home;
  };
  for (const deed of deeds) {
    const whole = fresh();
    const child = await begin(join(whole, 'store.db'), deed);
    const began = performance.now();
    await child.ended;
    const lasts = performance.now() - began;
    const after = await stateOf(whole);
    const outcome: KillOutcome = { name: deed.name, kills, before: 0, after: 0, wrong: [] };
    for (let n = 0; n < kills; n++) {
      const home = fresh();
      // Spread over the work, and anywhere within its own part of it.
      const ms = ((n + draw(1000) / 1000) / kills) * lasts;
      const victim = await begin(join(home, 'store.db'), deed);
      await wait(ms);
      victim.process.kill('SIGKILL');
      await victim.ended;
      try {
        const state = await stateOf(home);
        if (state === before) outcome.before++;
        else if (state === after) outcome.after++;
        else outcome.wrong.push(`after ${Math.round(ms)} of ${Math.round(lasts)} ms: a state in between`);
      } catch (error) {
        outcome.wrong.push(`after ${Math.round(ms)} of ${Math.round(lasts)} ms: ${(error as Error).message}`);
      }
      rmSync(home, { recursive: true, force: true });
    }
    rmSync(whole, { recursive: true, force: true });
    outcomes.push(outcome);
  }
  return outcomes;
}
