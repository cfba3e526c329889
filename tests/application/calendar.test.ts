/** The calendar through the whole program: a made shop, events typed and imported, and what they do to series and forecasts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { AppError } from '../../src-shared/errors.ts';
import { workbookOf } from '../fixtures/write-workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-calendar-'));
let application: Application | null = null;
let made = 0;
afterEach(async () => {
  await application?.close();
  application = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dayText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const dayNumber = (text: string) => Date.parse(text) / 86_400_000;

/** Sells 100 a day from Monday to Saturday; shut on the English bank holidays of winter, open on those of spring. */
function shopDays(from = '2022-01-03', to = '2023-12-30'): string[] {
  const days: string[] = [];
  const shut = /-(12-2[5-7]|01-0[12])$/;
  for (let day = dayNumber(from); day <= dayNumber(to); day++) {
    const date = dayText(day);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() !== 0 && !shut.test(date)) days.push(date);
  }
  return days;
}

async function open(days: string[] | null = shopDays()): Promise<Application> {
  made++;
  application = createApplication({ storePath: join(folder, `store-${made}.db`) });
  if (days) {
    const path = join(folder, `sales-${made}.csv`);
    const rows = days.map((date, i) => `${i},Tea,Tea,1,${date} 10:00:00,100,c${i % 9},Malta`);
    writeFileSync(
      path,
      ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country', ...rows].join('\n'),
    );
    await application.call('import.run', { file: { path, name: 'sales.csv' } });
  }
  return application;
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

let files = 0;
function eventFile(...rows: string[]): { path: string; name: string } {
  files++;
  const path = join(folder, `events-${files}.csv`);
  writeFileSync(path, rows.join('\n'));
  return { path, name: 'events.csv' };
}

const sale = { name: 'Spring sale', kind: 'promotion', from: '2023-04-03', to: '2023-04-08' } as const;

describe('the calendar', () => {
  it('without sales: countries to choose, events kept, no days', async () => {
    const { call } = await open(null);
    await call('calendar.addEvent', sale);
    const answer = await call('calendar.get', {});
    expect(answer).toMatchObject({ firstDay: null, lastDay: null, holidays: [], marked: [], country: null });
    expect(answer.counts).toEqual({ sold: 0, zero: 0, closed: 0, missing: 0 });
    expect(answer.events).toHaveLength(1);
    expect(answer.countries.length).toBeGreaterThan(200);
  });

  it('holidays of the country: shut on them in the past, shut on them ahead; open on them, learned', async () => {
    const { call } = await open();
    const plain = await call('calendar.get', {});
    expect(plain.foundOpenWeekdays).toEqual([true, true, true, true, true, true, false]);
    // 727 days with 103 Sundays; shut on 26 and 27 December 2022, on 2 January 2023, and three days in a row in 2023.
    expect(plain.counts).toEqual({ sold: 618, zero: 3, closed: 103, missing: 3 });
    await call('settings.set', { holidayCountry: 'GB-ENG' });
    const answer = await call('calendar.get', {});
    const habitOf = (id: string) => answer.holidays.find((one) => one.id === id);
    expect(habitOf('boxing-day')).toMatchObject({ sold: 0, empty: 2, habit: 'closed', next: '2024-12-26' });
    expect(habitOf('good-friday')).toMatchObject({ sold: 2, empty: 0, habit: 'sells', next: '2024-03-29' });
    // 27 December 2023 is no holiday; of New Year's substitute days, 3 January 2022 sold and 2 January 2023 did not.
    expect(answer.counts).toEqual({ sold: 618, zero: 2, closed: 107, missing: 0 });
    expect(habitOf('new-year-s-day-substitute-day')).toMatchObject({ sold: 1, empty: 1, habit: 'sells' });
    const series = await call('series.get', {});
    expect(series.status[series.dates.indexOf('2023-12-26')]).toBe('closed');
    expect(series.marked).toContainEqual({
      id: 'boxing-day',
      name: 'Boxing Day',
      kind: 'closed',
      from: '2024-12-26',
      to: '2024-12-26',
    });
    const forecast = await call('forecast.run', { horizon: 365, model: 'seasonal-naive', effort: 'quick' });
    const on = (date: string) => forecast.points.find((point) => point.date === date);
    expect(on('2024-12-26')).toMatchObject({ mean: 0, low95: 0, high95: 0, closed: true });
    expect(on('2024-03-29')).toMatchObject({ closed: false });
    expect(on('2024-03-29')?.mean).toBeGreaterThan(0);
  });

  it('own open weekdays hold until they are taken back', async () => {
    const { call } = await open();
    const own = [true, true, true, true, true, false, false];
    await call('settings.set', { openWeekdays: own });
    const answer = await call('calendar.get', {});
    expect([answer.openWeekdays, answer.ownOpenWeekdays]).toEqual([own, true]);
    expect(answer.foundOpenWeekdays[5]).toBe(true);
    const forecast = await call('forecast.run', { horizon: 7, model: 'seasonal-naive', effort: 'quick' });
    expect(forecast.points.filter(({ closed }) => closed).map(({ date }) => date)).toEqual([
      '2023-12-31',
      '2024-01-06',
    ]);
    await call('settings.set', { openWeekdays: null });
    expect((await call('calendar.get', {})).openWeekdays[5]).toBe(true);
    expect((await refusal(call('settings.set', { holidayCountry: 'ZZ' }))).code).toBe('invalid-input');
  });

  it('a closure ahead is exactly 0, and a changed calendar makes a remembered forecast stale', async () => {
    const { call } = await open();
    const ask = () => call('forecast.run', { horizon: 14, model: 'seasonal-naive', effort: 'quick' });
    const before = await ask();
    expect(await ask()).toEqual(before);
    const event = await call('calendar.addEvent', {
      name: 'Works',
      kind: 'closed',
      from: '2024-01-03',
      to: '2024-01-05',
    });
    const closed = await ask();
    const zero = (forecast: typeof before) => forecast.points.filter(({ mean }) => mean === 0).map(({ date }) => date);
    expect(zero(closed).filter((date) => !zero(before).includes(date))).toEqual([
      '2024-01-03',
      '2024-01-04',
      '2024-01-05',
    ]);
    const { source: _source, ...values } = event;
    await call('calendar.changeEvent', { ...values, to: '2024-01-04' });
    expect(zero(await ask())).not.toContain('2024-01-05');
    await call('calendar.removeEvent', { id: event.id });
    expect((await ask()).points).toEqual(before.points);
  });

  it('an imported series has a calendar too; one amount a month tells nothing of single days', async () => {
    const { call } = await open(null);
    const read = async (name: string, rows: string[]) => {
      files++;
      const path = join(folder, `series-${files}.csv`);
      writeFileSync(path, ['date,amount', ...rows].join('\n'));
      await call('import.run', { file: { path, name }, options: { kind: 'series' } });
    };
    await call('settings.set', { holidayCountry: 'GB-ENG' });
    await read(
      'days.csv',
      shopDays().map((date) => `${date},100`),
    );
    const days = await call('calendar.get', {});
    expect(days.counts).toEqual({ sold: 618, zero: 2, closed: 107, missing: 0 });
    await call('import.undo', { importId: (await call('import.list', {}))[0].id });
    await read(
      'months.csv',
      Array.from({ length: 24 }, (_, k) => `${dayText(Date.UTC(2022, k, 1) / 86_400_000)},100`),
    );
    const months = await call('calendar.get', {});
    expect(months.holidays.every(({ sold, empty, habit }) => sold + empty === 0 && habit === 'unknown')).toBe(true);
    expect((await call('series.get', { frequency: 'month' })).status).toEqual(new Array(24).fill('sold'));
  });

  it('what a product sells does not decide when the business is closed', async () => {
    const { call } = await open();
    await call('settings.set', { holidayCountry: 'GB-ENG' });
    const all = (await call('calendar.get', {})).holidays;
    expect((await call('calendar.get', { filter: { products: ['Tea'], to: '2022-06-30' } })).holidays).toEqual(all);
  });
});

describe('events', () => {
  it('refuses what cannot be, in words', async () => {
    const { call } = await open(null);
    const { id, source: _source, ...event } = await call('calendar.addEvent', sale);
    const refusals = await Promise.all(
      [
        call('calendar.addEvent', { ...sale, to: '2023-04-01' }),
        call('calendar.addEvent', { ...sale, from: '2023-02-30' }),
        call('calendar.addEvent', { ...sale, to: '2024-04-08', everyYear: true }),
        call('calendar.addEvent', sale),
        call('calendar.changeEvent', { ...event, id: 999 }),
        call('calendar.removeEvent', { id: 999 }),
      ].map(refusal),
    );
    expect(refusals.map(({ message }) => message)).toEqual([
      '“Spring sale” ends on 2023-04-01, before it begins on 2023-04-03. Change one of the days.',
      '2023-02-30 is not a day of the calendar. Write it as YYYY-MM-DD.',
      '“Spring sale” happens every year, so it must be shorter than a year.',
      '“Spring sale” is in the calendar already, of the same kind and from 2023-04-03 to 2023-04-08. Change that one instead.',
      'There is no event 999 in the calendar. It may have been removed.',
      'There is no event 999 in the calendar. It may have been removed.',
    ]);
    const other = await call('calendar.addEvent', { ...sale, name: 'Other' });
    const { source: _other, ...values } = other;
    expect((await refusal(call('calendar.changeEvent', { ...values, name: sale.name }))).code).toBe('invalid-input');
    expect(await call('calendar.removeEvent', { id })).toEqual({ removed: 1 });
    expect((await call('calendar.get', {})).events).toEqual([other]);
  });

  it('reads a file: every row kept, set aside or a duplicate; the same file again adds nothing', async () => {
    const { call } = await open(null);
    const file = eventFile(
      'Name;Start date;End date;Type;Every year',
      'Winter sale;2023-01-09;2023-01-21;promo;',
      'Christmas market;2023-12-01;2023-12-03;fair;yes',
      'Stocktaking;2023-06-05;;closed;no',
      'Opening day;2022-03-01;;;',
      '',
      'Winter sale;2023-01-09;2023-01-21;Sale;',
      ';2023-02-01;;promo;',
      'No date;;;promo;',
      'No such day;2023-02-30;;promo;',
      'Backwards;2023-02-10;2023-02-01;promo;',
      'What;2023-02-10;;riddle;',
      'How often;2023-02-10;;promo;now and then',
    );
    const first = await call('import.run', { file, options: { kind: 'events' } });
    // 11 rows with something in them and the blank one between them.
    expect([first.read, first.kept, first.duplicates, first.setAside]).toEqual([12, 4, 1, 7]);
    expect([first.firstDay, first.lastDay]).toEqual(['2022-03-01', '2023-12-03']);
    const aside = await call('import.setAside', { importId: first.id, offset: 0, limit: 10 });
    expect(aside.rows.map(({ row, reason }) => [row, reason])).toEqual([
      [6, 'blank-row'],
      [8, 'name-missing'],
      [9, 'date-missing'],
      [10, 'date-invalid'],
      [11, 'to-before-from'],
      [12, 'kind-unknown'],
      [13, 'every-year-unknown'],
    ]);
    const again = await call('import.run', { file, options: { kind: 'events' } });
    expect([again.alreadyImported, again.read, again.kept, again.duplicates]).toEqual([true, 12, 0, 12]);
    const { events } = await call('calendar.get', {});
    expect(events.map(({ id: _id, ...event }) => event)).toEqual([
      {
        name: 'Opening day',
        kind: 'special',
        from: '2022-03-01',
        to: '2022-03-01',
        everyYear: false,
        source: 'events.csv',
      },
      {
        name: 'Winter sale',
        kind: 'promotion',
        from: '2023-01-09',
        to: '2023-01-21',
        everyYear: false,
        source: 'events.csv',
      },
      {
        name: 'Stocktaking',
        kind: 'closed',
        from: '2023-06-05',
        to: '2023-06-05',
        everyYear: false,
        source: 'events.csv',
      },
      {
        name: 'Christmas market',
        kind: 'special',
        from: '2023-12-01',
        to: '2023-12-03',
        everyYear: true,
        source: 'events.csv',
      },
    ]);
    const csv = await call('export.csv', { table: 'calendar_events' });
    const saved = eventFile(Buffer.from(csv.base64, 'base64').toString('utf8'));
    const back = await call('import.run', { file: saved });
    expect([back.kind, back.read, back.kept, back.duplicates]).toEqual(['events', 4, 0, 4]);
  });

  it('reads a workbook with dates of Excel, below a title and with rows left out', async () => {
    const { call } = await open(null);
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = `<row r="1">${text('Our calendar')}</row><row r="3">${['Event', 'From', 'To', 'Kind'].map(text).join('')}</row>
      <row r="4">${text('Fair')}<c s="1"><v>45296</v></c><c s="1"><v>45298</v></c>${text('Fair')}</row>
      <row r="6">${text('Holidays')}<c s="1"><v>45301</v></c><c/>${text('closed')}</row>`;
    files++;
    const path = join(folder, `events-${files}.xlsx`);
    writeFileSync(path, workbookOf({ sheets: [{ name: 'Plan', rows }], styles: [0, 14] }));
    const { preview, run } = {
      preview: await call('import.preview', { file: { path, name: 'plan.xlsx' } }),
      run: await call('import.run', { file: { path, name: 'plan.xlsx' } }),
    };
    expect([preview.kind, preview.headerRow, preview.missing]).toEqual(['events', 2, []]);
    expect([run.read, run.kept, run.duplicates, run.setAside]).toEqual([2, 2, 0, 0]);
    // Excel's day 45 296 is 5 January 2024.
    expect((await call('calendar.get', {})).events).toMatchObject([
      { name: 'Fair', kind: 'special', from: '2024-01-05', to: '2024-01-07', source: 'plan.xlsx' },
      { name: 'Holidays', kind: 'closed', from: '2024-01-10', to: '2024-01-10' },
    ]);
  });

  it('guesses no order of day and month, and says which columns it needs', async () => {
    const { call } = await open(null);
    const events = { kind: 'events' } as const;
    const doubt = eventFile('event,date', 'Fair,03/04/2024');
    const doubtful = await refusal(call('import.run', { file: doubt, options: events }));
    expect(doubtful.message).toContain('day first or month first, such as “03/04/2024”');
    const chosen = await call('import.run', { file: doubt, options: { ...events, dateOrder: 'mdy' } });
    expect([chosen.kept, chosen.firstDay]).toEqual([1, '2024-03-04']);
    const clear = await call('import.run', {
      file: eventFile('event,date', 'Feast,03/04/2024', 'Show,25/04/2024'),
      options: events,
    });
    expect([clear.kept, clear.firstDay]).toEqual([2, '2024-04-03']);
    const nameless = await refusal(
      call('import.run', { file: eventFile('when,amount', '2024-01-01,5'), options: events }),
    );
    expect(nameless.message).toContain('the name of an event');
    expect(nameless.message).toContain('The columns are: when, amount.');
    expect((await refusal(call('import.run', { file: eventFile(''), options: events }))).code).toBe(
      'file-not-understood',
    );
  });

  it('an import of events is undone; what another file says of the same event then counts', async () => {
    const { call } = await open(null);
    const run = (...lines: string[]) => call('import.run', { file: eventFile('name,from,kind', ...lines) });
    const shown = async () =>
      (await call('calendar.get', {})).events.map(({ name, from, source: _, ...rest }) => [name, from, rest.kind]);
    await call('calendar.addEvent', { name: 'Own', kind: 'special', from: '2024-01-01', to: '2024-01-01' });
    const first = await run('Fair,2024-05-01,fair', 'Sale,2024-06-01,promo', 'Gone,2024-07-01,closed');
    const second = await run('Fair,2024-05-01,fair', 'Gone,2024-07-01,closed', 'Own,2024-01-01,special');
    expect([second.kept, second.duplicates]).toEqual([0, 3]);
    // A correction by hand holds for what every file says of the event, and so does taking it away.
    const { events } = await call('calendar.get', {});
    const [fair, gone] = ['Fair', 'Gone'].map((name) => events.find((event) => event.name === name)!);
    const { source: _source, ...values } = fair;
    await call('calendar.changeEvent', { ...values, from: '2024-05-02', to: '2024-05-02' });
    await call('calendar.removeEvent', { id: gone.id });
    expect(await shown()).toEqual([
      ['Own', '2024-01-01', 'special'],
      ['Fair', '2024-05-02', 'special'],
      ['Sale', '2024-06-01', 'promotion'],
    ]);
    await call('import.undo', { importId: first.id });
    expect(await shown()).toEqual([
      ['Own', '2024-01-01', 'special'],
      ['Fair', '2024-05-02', 'special'],
    ]);
    const [left] = await call('import.list', {});
    expect([left.read, left.kept, left.duplicates]).toEqual([3, 1, 2]);
    await call('import.undo', { importId: second.id });
    expect(await shown()).toEqual([['Own', '2024-01-01', 'special']]);
  });
});
