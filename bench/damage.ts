/**
 * `npm run bench:damage -- [flips] [others]`: 10,000 single bits flipped, 100 truncations, 100 zeroed pages all over a store
 * that holds something of everything. Each copy must refuse in words or answer what the whole store answers.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { damageStore, type Kind } from '../tests/damage/damage-store.ts';
import { makeFullStore, rememberAnswer } from '../tests/damage/full-store.ts';

const [flips = 10_000, others = 100] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-damage-'));
const path = await makeFullStore(folder);
await rememberAnswer(path);
console.log(`store of ${statSync(path).size} bytes; load ${loadavg()[0].toFixed(1)}`);
const kinds: [Kind, number][] = [
  ['bit', flips],
  ['truncation', others],
  ['zeroed page', others],
];
let wrong = 0;
for (const [kind, trials] of kinds) {
  const outcome = await damageStore(path, join(folder, 'damaged.db'), kind, trials, 1);
  wrong += outcome.wrong.length;
  const { refused, harmless, codes } = outcome;
  console.log(
    `${kind}: ${trials} trials, ${refused} refused in words, ${harmless} harmless, ${outcome.wrong.length} wrong`,
  );
  console.log(`  ${JSON.stringify(codes)}`);
  for (const one of outcome.wrong) console.log(`  WRONG ${one}`);
}
rmSync(folder, { recursive: true, force: true });
process.exit(wrong === 0 ? 0 : 1);
