/** The report's text, read back from the PDF with poppler: every number stands there as the screen's formats write it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeReport, type Paper, type ReportData } from '../../src-main/files/report/write-pdf.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import { AppError } from '../../src-shared/errors.ts';
import { changeOf, createFormat } from '../../src-shared/format.ts';
import { changeSample, migrationSample } from '../fixtures/movement-sample.ts';
import { profileSample } from '../fixtures/segments-sample.ts';
import { cleaning, customerRows, dailyForecast, imports, overview, rfm, settings } from '../fixtures/report-sample.ts';

const poppler = spawnSync('pdftotext', ['-v']).status === 0;
if (!poppler)
  console.log('SKIPPED: reading the report back needs pdftotext and pdfinfo (Debian package poppler-utils).');

const folder = mkdtempSync(join(tmpdir(), 'salescope-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sample = (change: Partial<ReportData> = {}): ReportData => ({
  settings,
  overview,
  rfm,
  change: null,
  migration: null,
  profiles: null,
  forecast: dailyForecast(),
  forecastRefusal: null,
  imports,
  cleaning,
  engine: { id: 'wasm', reason: 'default', version: '4.22.0' },
  seed: 7,
  appVersion: '9.9.9',
  ...change,
});

const plain = (text: string): string => text.replace(/[\s\u200b]+/gu, ' ');

async function read(data: ReportData, paper: Paper = 'A4') {
  const file = join(folder, 'report.pdf');
  writeFileSync(file, await makeReport(data, paper, quietJob));
  const layout = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const raw = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  return { text: `${plain(layout)} ${plain(raw)}`, pages: layout.split('\f').slice(0, -1), info };
}

/** What must never stand in a report: a catalogue's key instead of its text, or a number that is none. */
function expectClean(text: string): void {
  expect(text.match(/\b(report|charts|customers|screen|notes)\.[a-zA-Z-]+(\.[a-zA-Z-]+)*/g) ?? []).toEqual([]);
  expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|\{\w+\}/);
}

const missingFrom = (text: string, figures: string[]): string[] =>
  figures.filter((figure) => !text.includes(plain(figure)));

describe.runIf(poppler)('the report', () => {
  it('holds the screen’s figures, on both papers', async () => {
    const f = createFormat(settings);
    const { current, previous, lastYear, total } = overview;
    const forecast = dailyForecast();
    const figures = [
      ...[total.revenue, current.kpis.revenue, current.kpis.averageOrder].map(f.money),
      ...[total.orders, total.customers, current.kpis.orders, current.kpis.customers].map(f.number),
      f.share(current.kpis.repeatShare),
      f.change(changeOf(current.kpis.revenue, previous?.kpis.revenue)),
      f.change(changeOf(current.kpis.orders, lastYear?.kpis.orders)),
      ...[forecast.next.mean, forecast.next.low80, forecast.next.high80, forecast.next.low95, forecast.next.high95].map(
        f.money,
      ),
      ...forecast.points
        .slice(0, 7)
        .flatMap((point) => [
          f.day(point.date),
          ...[point.mean, point.low80, point.high80, point.low95, point.high95].map(f.money),
        ]),
      ...forecast.board.flatMap((row) => [
        row.name,
        f.money(row.mae),
        f.money(row.rmse),
        f.share(row.mape),
        f.share(row.wape),
        f.decimal(row.mase, 2),
      ]),
      ...[forecast.backtest.coverage80, forecast.backtest.coverage95, forecast.skill].map(f.share),
      ...rfm.segments.flatMap((group) => [
        f.number(group.customers),
        f.money(group.revenue),
        f.share(group.revenueShare),
        f.money(group.averageRevenue),
      ]),
      ...customerRows.slice(0, 10).flatMap((row) => [row.customer, f.money(row.monetary), f.number(row.frequency)]),
      ...overview.topProducts.map((row) => f.money(row.revenue)),
      ...overview.topCountries.map((row) => f.share(row.share)),
      ...imports.flatMap((row) => [row.fileName, ...[row.read, row.kept, row.setAside, row.duplicates].map(f.number)]),
      ...cleaning.effects.flatMap((row) => [
        f.number(row.lines),
        f.money(row.money),
        f.number(row.decidedLines),
        f.money(row.decidedMoney),
      ]),
      ...[cleaning.allMoney, cleaning.usedMoney].map(f.money),
      '£17,374,786.27',
      'Harbour Gifts',
      'November 2011',
      '00017',
      '9.9.9',
      'Seed: 7',
    ];
    for (const paper of ['A4', 'Letter'] as const) {
      const { text, pages, info } = await read(sample(), paper);
      expect(missingFrom(text, figures)).toEqual([]);
      expectClean(text);
      expect(info).toContain(paper === 'A4' ? '595.28 x 841.89' : '612 x 792');
      expect(text).toContain(`Page 1 of ${pages.length}`);
      // No page ends on a heading and none is empty.
      for (const page of pages) expect(page.trim().split('\n').length).toBeGreaterThan(8);
    }
  });

  it('says why revenue changed, who moved and where acting pays', async () => {
    const f = createFormat(settings);
    const profiles = {
      asOf: '2011-12-10',
      horizonDays: 365,
      profiles: profileSample,
      personas: [],
      prospects: 0,
      unknown: 0,
      notes: [],
    };
    const { text } = await read(sample({ change: changeSample, migration: migrationSample, profiles }));
    expectClean(text);
    const first = profileSample
      .filter(({ priority }) => priority !== null)
      .sort((a, b) => a.priority! - b.priority!)
      .slice(0, 5);
    expect(first.length).toBeGreaterThan(1);
    const figures = [
      f.money(changeSample.previous.revenue),
      f.money(changeSample.current.revenue),
      ...changeSample.parts.filter(({ money }) => money !== 0).map(({ money }) => f.money(money)),
      f.money(changeSample.change),
      ...migrationSample.change.flatMap(({ before, after }) => [f.number(before), f.number(after)]),
      ...first.map(({ atStake }) => f.money(atStake)),
    ];
    expect(missingFrom(text, figures)).toEqual([]);
  });

  it('is the same file for the same data', async () => {
    const [first, second] = [await makeReport(sample(), 'A4', quietJob), await makeReport(sample(), 'A4', quietJob)];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('leaves its data alone', async () => {
    const data = sample();
    await makeReport(data, 'A4', quietJob);
    expect(data).toEqual(sample());
  });

  it('says in words why a part is missing', async () => {
    const reason = 'A forecast needs at least 6 periods of sales; there are 3.';
    const refusal = { code: 'refused', params: { reason }, level: 'warning' as const };
    const { text } = await read(sample({ forecast: null, forecastRefusal: refusal, rfm: null }));
    expectClean(text);
    expect(text).toContain(reason);
    expect(text).toContain('no segments');
  });

  it('stands with nothing at all', async () => {
    const none = { effects: [], allLines: 0, allMoney: 0, usedLines: 0, usedMoney: 0 };
    const { text } = await read(sample({ overview: null, rfm: null, forecast: null, imports: [], cleaning: none }));
    expectClean(text);
    expect(text).toContain('There are no sales');
    expect(text).toContain('Nothing has been imported');
  });

  it('stands with one month, one customer, empty segments and no comparison', async () => {
    const small: ReportData = sample({
      settings: { ...settings, businessName: '', currency: null },
      overview: {
        ...overview,
        months: overview.months.slice(0, 1),
        previous: null,
        lastYear: null,
        topProducts: [],
        topCountries: [],
        current: { ...overview.current, kpis: { ...overview.current.kpis, averageOrder: null, repeatShare: null } },
      },
      rfm: {
        ...rfm,
        customers: 1,
        oneTimeBuyers: 1,
        topCustomers: customerRows.slice(0, 1),
        segments: rfm.segments.map((group, i) =>
          i === 0 ? { ...group, customers: 1 } : { ...group, customers: 0, revenue: 0 },
        ),
        fourGroups: rfm.fourGroups.map((group, i) => ({ ...group, customers: i === 0 ? 1 : 0 })),
      },
      forecast: {
        ...dailyForecast(8, 1),
        skill: null,
        word: null,
        chosenBy: 'short-history',
        board: dailyForecast().board.map((row) => ({
          ...row,
          mae: null,
          rmse: null,
          mape: null,
          wape: null,
          mase: null,
        })),
        backtest: { origins: [], steps: 1, predicted: [], coverage80: null, coverage95: null },
      },
    });
    const { text } = await read(small);
    expectClean(text);
    expect(text).toContain('no earlier period');
  });

  it('holds twelve-digit money, long names and letters the font lacks', async () => {
    const big = 999_999_999_999 * 1_000;
    const { text, pages } = await read(
      sample({
        settings: { ...settings, locale: 'de-DE', currency: 'EUR', businessName: 'Bäckerei Ölß & Söhne ☕ 日本' },
        overview: {
          ...overview,
          total: { ...overview.total, revenue: big },
          current: { ...overview.current, kpis: { ...overview.current.kpis, revenue: big, averageOrder: big } },
          topProducts: overview.topProducts.map((row) => ({
            ...row,
            revenue: big,
            description: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(3),
          })),
        },
        rfm: {
          ...rfm,
          segments: rfm.segments.map((group) => ({
            ...group,
            revenue: big,
            averageRevenue: big,
            customers: 1_234_567,
          })),
          topCustomers: customerRows.map((row) => ({
            ...row,
            monetary: big,
            customer: `kunde-${'x'.repeat(60)}@example.com`,
          })),
        },
        imports: Array.from({ length: 30 }, (_, i) => ({
          ...imports[0],
          id: i,
          fileName: `${'sehr-langer-dateiname-'.repeat(6)}${i}.csv`,
        })),
      }),
    );
    expectClean(text);
    expect(text).toContain(plain(createFormat({ locale: 'de-DE', currency: 'EUR' }).money(big)));
    expect(text).toContain('Bäckerei Ölß & Söhne ? ??');
    expect(text).toContain('3 different letters');
    expect(pages.length).toBeLessThan(12);
  });

  it('other locales keep their figures', async () => {
    for (const [locale, currency] of [
      ['hi-IN', 'INR'],
      ['fr-FR', 'EUR'],
      ['en-US', 'USD'],
      ['el-GR', 'EUR'],
      ['ru-RU', 'RUB'],
    ]) {
      const { text } = await read(sample({ settings: { ...settings, locale, currency } }));
      expectClean(text);
      expect(text).toContain(plain(createFormat({ locale, currency }).money(overview.total.revenue)));
      expect(text).not.toContain('the chosen language');
    }
  });

  it('writes figures in English, and says so, where the font lacks the language', async () => {
    for (const [locale, figure] of [
      ['ja-JP', '¥17,374,786'],
      ['ar-EG', '¥17,374,786'],
      ['th-TH', '¥17,374,786'],
    ]) {
      const { text } = await read(sample({ settings: { ...settings, locale, currency: 'JPY' } }));
      expectClean(text);
      expect(text).toContain(figure);
      expect(text).toContain(`the chosen language (${locale})`);
      expect(text).not.toContain('different letters');
    }
  });
});

it('a cancel ends the report', async () => {
  let ticks = 0;
  const tick = () => {
    ticks++;
    if (ticks === 3) throw new AppError('cancelled', 'Cancelled.');
  };
  await expect(makeReport(sample(), 'A4', { tick })).rejects.toMatchObject({ code: 'cancelled' });
});
