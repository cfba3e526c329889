/** The command line as a user meets it: a process with arguments, two streams and an exit code. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contract } from '../../src-shared/contract.ts';
import { analyzeCommand, analyzeOptions } from '../../src-main/doors/cli-options.ts';
import { similarNames } from '../../src-main/doors/similar-names.ts';
import { forecastingModels } from '../../src-main/engine/forecasting/registry.ts';
import { runCli, startCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-cli-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const store = join(folder, 'store.db');
const path = (name: string) => join(folder, name);

/** Two customers buy 1.50 a day for three days; prices in tenths so that decimals show. */
const small = 'When;Who;What;Pieces;Each\n01.02.2025;A;x;1;1,50\n02.02.2025;B;x;2;0,75\n03.02.2025;A;y;3;0,50\n';
writeFileSync(path('small.csv'), small);

describe('help', () => {
  it('lists every method, every model and every option', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const [name, { about }] of Object.entries(contract)) {
      expect(stdout).toContain(name);
      expect(stdout).toContain(about);
    }
    for (const { id, about } of forecastingModels)
      expect(stdout).toMatch(new RegExp(`^  ${id} +${about.slice(0, 20)}`, 'm'));
    expect((await runCli(['methods'])).stdout).toContain('overview.get');
    const options = (await runCli(['analyze', '--help'])).stdout;
    for (const name of Object.keys(analyzeOptions)) expect(options).toContain(`--${name}`);
  });

  it('says what auto is: a mixture, as the program answers it', async () => {
    const { stdout } = await runCli(['help', 'analyze']);
    expect(stdout).toMatch(/^ {2}--model id +.*auto, a mixture/m);
    expect(stdout).not.toMatch(/best by backtest/);
  });

  it("shows a method's input", async () => {
    const { stdout } = await runCli(['help', 'forecast.run']);
    expect(stdout).toContain(contract['forecast.run'].about);
    expect(JSON.parse(stdout.slice(stdout.indexOf('{'))).properties.horizon).toMatchObject({
      type: 'integer',
      maximum: 365,
    });
  });

  it('says the version', async () => {
    expect((await runCli(['--version'])).stdout.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });
});

describe('a method', () => {
  it('answers JSON on stdout and uses the store that was named', async () => {
    const asked = await runCli(['settings.set', '{"currency":"GBP"}', '--store', store]);
    expect({ code: asked.code, stderr: asked.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(asked.stdout).currency).toBe('GBP');
    const again = await runCli(['settings.get'], { SALESCOPE_STORE: store });
    expect(JSON.parse(again.stdout).currency).toBe('GBP');
  });

  it.each([
    { args: ['overveiw.get'], code: 2, says: 'Did you mean overview.get?' },
    { args: ['qqqqqqqqqqq'], code: 2, says: '"salescope methods" lists them.' },
    {
      args: ['settings.set', '{"currency":"euro"}'],
      code: 2,
      says: 'A currency is three capital letters, such as EUR.',
    },
    { args: ['settings.set', '{currency}'], code: 2, says: 'The input is not JSON' },
    { args: ['settings.get', '{}', '{}'], code: 2, says: 'one JSON text' },
    { args: ['settings.get', '--nope'], code: 2, says: '--nope' },
    { args: ['overview.get', '{}'], code: 1, says: 'salescope: ' },
  ])('refuses $args with code $code', async ({ args, code, says }) => {
    const end = await runCli([...args, ...(args[0] === 'qqqqqqqqqqq' ? [] : ['--store', path('other.db')])]);
    expect({ code: end.code, stdout: end.stdout }).toEqual({ code, stdout: '' });
    expect(end.stderr).toContain(says);
    expect(end.stderr).not.toMatch(/ at .*\.ts:\d+/);
  });
});

describe('options of analyze', () => {
  const base = ['a.csv', '--out', 'o'];

  it('become settings, import options, clustering and forecast', () => {
    const args = [
      '--cancellations',
      'drop',
      '--unknown-customer',
      'keep',
      '--quantity',
      'keep',
      '--price',
      'keep',
      '--identical',
      'keep',
      '--non-product',
      'drop',
      '--as-of',
      '2025-03-01',
      '--currency',
      'eur',
      '--locale',
      'de-DE',
      '--business',
      'Müller',
      '--paper',
      'Letter',
      '--frequency',
      'week',
      '--horizon',
      '12',
      '--model',
      'theta',
      '--seed',
      '7',
      '--features',
      'recencyDays, monetary',
      '--method',
      'ward',
      '--transform',
      'none',
      '--scaling',
      'minmax',
      '--k',
      '4',
      '--kind',
      'sales',
      '--sheets',
      'A,B',
      '--encoding',
      'utf-8',
      '--delimiter',
      'tab',
      '--header-row',
      '3',
      '--date-order',
      'dmy',
      '--decimal',
      ',',
      '--map',
      'date=Order date',
      '--map',
      'country=',
      '--json',
      '--no-pdf',
      '--store',
      's.db',
    ];
    expect(
      args
        .filter((arg) => arg.startsWith('--'))
        .map((arg) => arg.slice(2))
        .concat('out')
        .sort(),
    ).toEqual([...Object.keys(analyzeOptions), 'map'].sort());
    expect(analyzeCommand([...base, ...args])).toEqual({
      json: true,
      input: {
        files: ['a.csv'],
        out: 'o',
        store: 's.db',
        seed: 7,
        pdf: false,
        settings: {
          rules: {
            cancellations: 'drop',
            unknownCustomer: 'keep',
            quantity: 'keep',
            price: 'keep',
            identical: 'keep',
            nonProduct: 'drop',
          },
          asOf: '2025-03-01',
          currency: 'EUR',
          locale: 'de-DE',
          businessName: 'Müller',
          paper: 'Letter',
        },
        importOptions: {
          kind: 'sales',
          sheets: ['A', 'B'],
          encoding: 'utf-8',
          delimiter: '\t',
          headerRow: 2,
          dateOrder: 'dmy',
          decimalMark: ',',
          mapping: { date: 'Order date', country: null },
        },
        clustering: {
          features: ['recencyDays', 'monetary'],
          method: 'ward',
          transform: 'none',
          scaling: 'minmax',
          k: 4,
        },
        forecast: { frequency: 'week', horizon: 12, model: 'theta' },
      },
    });
  });

  it('leave to the application what is not given; header row 0 means none', () => {
    const { input } = analyzeCommand([...base, '--header-row', '0']);
    expect(input).toMatchObject({ settings: {}, clustering: {}, forecast: {}, seed: 1, pdf: true, store: null });
    expect(input.importOptions).toEqual({ headerRow: -1 });
  });

  it.each([
    [['a.csv'], '--out <folder>'],
    [['--out', 'o'], 'at least one file'],
    [[...base, '--cancelations', 'net'], 'Did you mean --cancellations?'],
    [[...base, '--cancellations', 'nett'], 'choose one of net, drop, keep'],
    [[...base, '--horizon', '366'], 'a whole number from 1 to 365'],
    [[...base, '--horizon', 'ten'], 'a whole number from 1 to 365'],
    [[...base, '--horizon'], '--horizon needs a value'],
    [[...base, '--k', '1'], 'from 2 to 10'],
    [[...base, '--as-of', '2025-02-30'], 'an existing day'],
    [[...base, '--as-of', 'May'], 'an existing day'],
    [[...base, '--currency', 'euros'], 'three letters'],
    [[...base, '--locale', 'x_y!'], 'looks like en-GB'],
    [[...base, '--map', 'date'], 'field=Header'],
    [[...base, '--map', 'dates=Day'], 'there is no field "dates"'],
    [[...base, '--delimiter', 'x'], 'choose one of ,, ;, tab, pipe'],
    [[...base, '--json=yes'], '--json'],
  ])('%j is refused with a sentence that helps', (args, says) => {
    expect(() => analyzeCommand(args)).toThrow(says);
  });

  it('suggests only what is near', () => {
    expect(similarNames('overview', Object.keys(contract))).toEqual(['overview.get', 'overview.change']);
    expect(similarNames('zzzzzz', Object.keys(contract))).toEqual([]);
  });
});

describe('analyze on small files', () => {
  const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('.'));

  it('maps, imports and says what the data cannot carry', async () => {
    const out = path('small-out');
    const end = await runCli([
      'analyze',
      path('small.csv'),
      '--out',
      out,
      '--json',
      '--no-pdf',
      '--currency',
      'EUR',
      '--date-order',
      'dmy',
      '--map',
      'date=When',
      '--map',
      'customer=Who',
      '--map',
      'product=What',
      '--map',
      'quantity=Pieces',
      '--map',
      'price=Each',
    ]);
    expect({ code: end.code, stderr: end.code === 0 ? '' : end.stderr }).toEqual({ code: 0, stderr: '' });
    const summary = JSON.parse(end.stdout);
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe(end.stdout);
    expect(summary.files[0]).toMatchObject({
      name: 'small.csv',
      kind: 'sales',
      decimalMark: ',',
      rows: { read: 3, kept: 3, setAside: 0, duplicates: 0 },
      mapping: { date: 'When', customer: 'Who', product: 'What', quantity: 'Pieces', price: 'Each' },
    });
    expect(summary.totals).toMatchObject({
      from: '2025-02-01',
      to: '2025-02-03',
      lines: 3,
      customers: 2,
      revenue: '4.5',
      tradingDays: 3,
    });
    expect(summary.refusals.map(({ part }: { part: string }) => part)).toEqual(
      expect.arrayContaining(['forecast', 'clustering']),
    );
    expect(summary.clustering).toBeNull();
    expect(readdirSync(out).sort()).toEqual([...summary.made, 'summary.json'].sort());
    expect(end.stderr).toContain('Reading small.csv');
    expect(leftovers()).toEqual([]);
  });

  it.each([
    { why: 'a missing file', args: [path('none.csv')], code: 1, says: 'there is no such file' },
    { why: 'a folder', args: [folder], code: 1, says: 'it is a folder' },
    {
      why: 'a column that is not there',
      args: [path('small.csv'), '--map', 'date=Whenever'],
      code: 2,
      says: 'no file has a column "Whenever"',
    },
    {
      why: 'a model that is not there',
      args: [path('small.csv'), '--model', 'oracle'],
      code: 2,
      says: 'Choose one of auto, ',
    },
  ])('$why ends with code $code and writes nothing', async ({ args, code, says }) => {
    const out = path('nothing');
    const end = await runCli(['analyze', ...args, '--out', out]);
    expect({ code: end.code, stdout: end.stdout }).toEqual({ code, stdout: '' });
    expect(end.stderr).toContain(says);
    expect(existsSync(out)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('a file that holds no table is refused with the fields that are missing', async () => {
    writeFileSync(path('words.csv'), 'alpha,beta\nsome,words\nmore,words\n');
    const end = await runCli(['analyze', path('words.csv'), '--out', path('nothing')]);
    expect(end.code).toBe(1);
    expect(end.stderr).toMatch(/words\.csv.*--map \w+=Header.*alpha, beta/);
  });

  it('keeps what stood in the folder, and replaces only at the end', async () => {
    const out = path('kept');
    mkdirSync(out);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    writeFileSync(join(out, 'summary.json'), 'old');
    const failed = await runCli(['analyze', path('none.csv'), '--out', out]);
    expect(failed.code).toBe(1);
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe('old');
    await runCli([
      'analyze',
      path('small.csv'),
      '--out',
      out,
      '--no-pdf',
      '--map',
      'date=When',
      '--map',
      'customer=Who',
      '--map',
      'quantity=Pieces',
      '--map',
      'price=Each',
      '--date-order',
      'dmy',
    ]);
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine');
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')).totals.revenue).toBe('4.5');
  });
});

describe('Ctrl-C', () => {
  it('ends a long job with 130 and leaves nothing behind', async () => {
    const out = path('cancelled');
    const { child, end } = startCli(['demo', '--out', out]);
    await new Promise<void>((ready) =>
      child.stderr!.on('data', (chunk: Buffer) => /Reading sales\.csv|Forecasting/.test(chunk.toString()) && ready()),
    );
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Cancelled');
    expect(existsSync(join(out, 'summary.json'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('demo:data', () => {
  it('writes the files of a seed', async () => {
    const out = path('demo-data');
    const end = await runCli(['demo:data', '--out', out, '--seed', '3']);
    expect(end.code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'README.md',
      'customers.csv',
      'products.csv',
      'sales.csv',
      'stock.csv',
      'truth.json',
    ]);
    const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'));
    expect(truth.seed).toBe(3);
    expect(readFileSync(join(out, 'sales.csv'), 'utf8').split('\n').length - 2).toBe(truth.sales.read);
  });
});
