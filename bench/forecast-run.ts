/**
 * One daily series of two years with every model: how long the first, classical answer takes, what the whole forecast
 * costs, and how soon a cancel is answered. Through the application, as a user meets it. Prints a table and, last, one JSON line.
 *
 *   npm run bench:forecast-run
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Application, createApplication } from '../src-main/application/application.ts';
import { createRng } from '../src-main/engine/numeric/rng.ts';
import { dayNumber, dayText } from '../src-main/engine/sales/sale-lines.ts';
import { weekdayOf } from '../src-main/engine/series/calendar.ts';

const days = 730;
const cancels = 8;

/** Closed on Sundays, a week, a year, growth and noise. */
function salesCsv(): string {
  const rng = createRng(7);
  const first = dayNumber('2024-01-01');
  const rows = Array.from({ length: days }, (_, i) => {
    const day = first + i;
    if (weekdayOf(day) === 6) return '';
    const season = 1 + 0.25 * Math.sin((2 * Math.PI * i) / 365.25) + 0.1 * weekdayOf(day);
    const value = 800 * season * (1 + i / 2000) * Math.exp(0.15 * rng.normal());
    return `${dayText(day)},${value.toFixed(2)}\n`;
  });
  return `date,sales\n${rows.join('')}`;
}

async function timed(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  const from = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - from) / 1000, cpu: (user + system) / 1e6 };
}

/** Milliseconds from a cancel to its answer, at moments spread over the work. */
async function cancelDelays(app: Application, wall: number): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < cancels; i++) {
    const controller = new AbortController();
    const asked = app.call('forecast.run', { horizon: 30, seed: 100 + i }, { signal: controller.signal });
    const ended = asked.then(
      () => null,
      () => performance.now(),
    );
    await new Promise((resolve) => setTimeout(resolve, (1000 * wall * (i + 0.5)) / cancels));
    const at = performance.now();
    controller.abort();
    const answered = await ended;
    if (answered !== null) delays.push(answered - at);
  }
  return delays;
}

const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-'));
try {
  const path = join(folder, 'sales.csv');
  writeFileSync(path, salesCsv());
  const app = createApplication({ storePath: join(folder, 'store.db') });
  await app.call('import.run', { file: { path, name: 'sales.csv' } });
  await app.call('series.get', { frequency: 'day' });
  const start = await timed(() => app.call('forecast.models', {}));
  const quick = await timed(() => app.call('forecast.run', { horizon: 30, effort: 'quick' }));
  const again = await timed(() => app.call('forecast.run', { horizon: 30, effort: 'quick', seed: 2 }));
  const full = await timed(() => app.call('forecast.run', { horizon: 30 }));
  const { board } = await app.call('forecast.run', { horizon: 30 });
  const delays = await cancelDelays(app, full.wall);
  await app.close();
  for (const { id, seconds } of board) console.log(`${id.padEnd(20)}${seconds.toFixed(2).padStart(8)} s`);
  console.log(`start of the thread      ${start.wall.toFixed(2)} s`);
  console.log(
    `first classical answer   ${quick.wall.toFixed(2)} s (first call), ${again.wall.toFixed(2)} s (warm); limit 1`,
  );
  console.log(`everything               ${full.cpu.toFixed(1)} CPU s, ${full.wall.toFixed(1)} s; limit 20 CPU s`);
  console.log(`slowest of ${delays.length} cancels     ${Math.max(...delays).toFixed(0)} ms; limit 200`);
  console.log(`peak memory              ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  console.log(
    JSON.stringify({
      firstAnswerSeconds: quick.wall,
      warmAnswerSeconds: again.wall,
      cpuSeconds: full.cpu,
      cancelMs: Math.max(...delays),
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
