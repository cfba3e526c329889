/**
 * `npm run bench:kill -- [kills]`: signal 9 at 300 moments of import, undo, rules, publish, train, report, backup and restore.
 * A fresh start must find the store whole, and as before or as after.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { killStore } from '../tests/damage/kill-store.ts';

const deeds = 8;
const [kills = 300] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-kill-'));
console.log(`load ${loadavg()[0].toFixed(1)}`);
const outcomes = await killStore(folder, Math.ceil(kills / deeds), 1);
for (const { name, kills: times, before, after, wrong } of outcomes) {
  console.log(`${name}: killed ${times} times, found as before ${before}, as after ${after}, wrong ${wrong.length}`);
  for (const one of wrong) console.log(`  WRONG ${one}`);
}
rmSync(folder, { recursive: true, force: true });
process.exit(outcomes.every(({ wrong }) => wrong.length === 0) ? 0 : 1);
