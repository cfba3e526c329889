/**
 * `node bench/interface.ts [rows]`: how long the window stalls during an import and during a training, measured in a
 * real browser on the built interface. Prints a table and, last, one JSON line; milliseconds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { allPages, openPage } from '../tests/interface/pages.ts';
import { longSales } from '../tests/interface/sample-sales.ts';
import { openWindow, whyNot } from '../tests/interface/window.ts';

declare global {
  interface Window {
    longestStall: number;
  }
}

/** Starts watching the page's event loop: the longest gap between two timers of 5 ms. */
const watchStalls = (page: Page) =>
  page.evaluate(() => {
    window.longestStall = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      window.longestStall = Math.max(window.longestStall, now - last - 5);
      last = now;
    }, 5);
  });

const longestStall = (page: Page) => page.evaluate(() => window.longestStall);

/** Asks for the overview, each time with other dates, every 200 ms as long as `busy` is on the page. */
function answersWhile(
  page: Page,
  busy: string,
  most = 1000,
): Promise<{ answers: number; median: number; slowest: number }> {
  return page.evaluate(
    async ([selector, limit]) => {
      const times: number[] = [];
      while (times.length < limit && document.querySelector(selector)) {
        const started = performance.now();
        const body = JSON.stringify({
          method: 'overview.get',
          input: { filter: { from: `20${10 + (times.length % 10)}-01-01` } },
        });
        await (
          await fetch('api/call', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
        ).text();
        times.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      times.sort((a, b) => a - b);
      return { answers: times.length, median: times[times.length >> 1] ?? 0, slowest: times.at(-1) ?? 0 };
    },
    [busy, most] as const,
  );
}

const reason = whyNot('http');
if (reason) {
  console.log(`SKIPPED: ${reason}`);
  process.exit(0);
}
const rows = Number(process.argv[2] ?? 1_000_000);
const opened = await openWindow('http');
try {
  const { page, application, folder } = opened;
  await application!.call('settings.set', { currency: 'GBP', locale: 'en-GB' });
  await application!.call('demo.load', {});
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await openPage(page, allPages.find(({ heading }) => heading === 'Import')!);
  const path = join(folder, 'long.csv');
  writeFileSync(path, longSales(rows));
  await page.getByTestId('file-input').setInputFiles(path);
  await page.getByTestId('run-import').click({ timeout: 120_000 });
  await page.getByTestId('cancel-job').waitFor();
  await watchStalls(page);
  const duringImport = await answersWhile(page, '[data-testid=job-progress]');
  const importStall = await longestStall(page);
  await page.getByTestId('accounting').first().waitFor();
  const idle = await answersWhile(page, 'body', 15);
  await page.evaluate(() => {
    location.hash = '/forecast';
  });
  await page.getByTestId('job-progress').waitFor();
  const duringTraining = await answersWhile(page, '[data-testid=job-progress]');
  const result = {
    rows,
    importStallMs: Math.round(importStall),
    importMedianMs: Math.round(duringImport.median),
    importSlowestMs: Math.round(duringImport.slowest),
    idleMedianMs: Math.round(idle.median),
    idleSlowestMs: Math.round(idle.slowest),
    trainingMedianMs: Math.round(duringTraining.median),
    trainingSlowestMs: Math.round(duringTraining.slowest),
  };
  console.table(result);
  console.log(JSON.stringify(result));
} finally {
  await opened.close();
}
