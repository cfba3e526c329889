/** One list of calls passes through every door and gives the same answers everywhere. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { contract, type MethodName } from '../../src-shared/contract.ts';
import { swept } from '../fixtures/depth.ts';
import { electronClient, httpPageClient } from './page-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-doors-'));
const storePath = join(folder, 'store.db');
const salesFile = { path: join(folder, 'sales.csv'), name: 'sales.csv' };

/** A year of weekday sales by hand: 30 customers, one line a day and customer pair. */
function salesCsv(): string {
  const lines = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  for (let day = 0; day < 365; day++) {
    const date = new Date(Date.UTC(2025, 0, 1 + day));
    if (date.getUTCDay() === 0) continue;
    for (let n = 0; n < 3; n++) {
      const customer = 1000 + ((day * 7 + n * 11) % 30);
      lines.push(
        `${500000 + day * 3 + n},P${n},Thing ${n},${1 + ((day + n) % 5)},${date.toISOString().slice(0, 10)} 10:0${n}:00,${2 + n}.5,${customer},France`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

interface Asked {
  method: MethodName;
  input: unknown;
}

/** Every method that answers from what is stored; import and demo are driven on their own. */
const calls: Asked[] = [
  { method: 'app.info', input: {} },
  { method: 'engine.info', input: {} },
  { method: 'settings.get', input: {} },
  { method: 'settings.set', input: { currency: 'EUR' } },
  { method: 'import.preview', input: { file: salesFile } },
  { method: 'import.list', input: {} },
  { method: 'import.setAside', input: { importId: 1 } },
  { method: 'cleaning.effects', input: {} },
  { method: 'filter.options', input: {} },
  { method: 'overview.get', input: { filter: { from: '2025-03-01', to: '2025-05-31' } } },
  { method: 'rows.list', input: { of: { customer: '1003' }, limit: 5 } },
  { method: 'customers.rfm', input: {} },
  { method: 'customers.list', input: { sort: 'monetary', limit: 10 } },
  { method: 'customers.get', input: { customer: '1003' } },
  { method: 'customers.features', input: {} },
  { method: 'customers.cluster', input: { settings: { kMax: 4 } } },
  { method: 'customers.classify', input: { values: '10, 5, 200' } },
  { method: 'customers.compare', input: { settings: { kMax: 3 } } },
  { method: 'customers.cohorts', input: { unit: 'quarter' } },
  { method: 'customers.habits', input: {} },
  { method: 'customers.concentration', input: {} },
  { method: 'customers.distributions', input: {} },
  { method: 'customers.migration', input: { to: '2025-10-31' } },
  { method: 'customers.movers', input: { stayers: true, limit: 5 } },
  { method: 'overview.change', input: { current: { from: '2025-11-01', to: '2025-11-30' } } },
  { method: 'customers.value', input: {} },
  { method: 'customers.valueList', input: { sort: 'total', limit: 5 } },
  { method: 'customers.profile', input: { customer: '1003' } },
  { method: 'customers.explain', input: { maxDepth: 4 } },
  {
    method: 'playbook.set',
    input: {
      segment: 'loyal',
      entry: { name: 'Regulars', description: 'Often here', actions: ['Greet'], offer: 'bundle' },
    },
  },
  { method: 'playbook.get', input: {} },
  { method: 'products.together', input: { minOrders: 2, sort: 'orders', limit: 5 } },
  { method: 'products.bySegment', input: { limit: 3 } },
  { method: 'segments.profiles', input: { horizonDays: 180 } },
  { method: 'segments.targets', input: { segments: ['loyal', 'at-risk', 'lost'], control: 0.2, limit: 5 } },
  { method: 'series.get', input: { frequency: 'week' } },
  { method: 'calendar.get', input: {} },
  { method: 'forecast.models', input: {} },
  { method: 'forecast.run', input: { frequency: 'month', horizon: 3, model: 'seasonal-naive' } },
  {
    method: 'forecast.parts',
    input: { by: 'product', frequency: 'month', horizon: 3, model: 'seasonal-naive', limit: 3 },
  },
  { method: 'ledger.publish', input: { frequency: 'month', horizon: 3, model: 'seasonal-naive', name: 'Spring' } },
  { method: 'ledger.list', input: {} },
  { method: 'ledger.get', input: { id: 1 } },
  { method: 'model.list', input: {} },
  { method: 'model.predict', input: { id: 1, horizon: 2 } },
  { method: 'model.export', input: { id: 1 } },
  { method: 'anomalies.list', input: {} },
  { method: 'events.effects', input: {} },
  { method: 'report.pdf', input: { frequency: 'month', horizon: 3, model: 'seasonal-naive' } },
  { method: 'export.csv', input: { table: 'rfm_table' } },
  { method: 'demo.files', input: {} },
  { method: 'app.log', input: {} },
  { method: 'app.licences', input: {} },
  { method: 'store.state', input: {} },
  { method: 'backup.list', input: {} },
];
/** They change the store, so each door would see another one. */
const driven: MethodName[] = [
  'import.run',
  'import.undo',
  'demo.load',
  'ledger.adjust',
  'model.save',
  'model.retrain',
  'model.import',
  'model.remove',
  'calendar.addEvent',
  'calendar.changeEvent',
  'calendar.removeEvent',
  'app.noteFault',
  'app.restart',
  'store.check',
  'store.salvage',
  'store.startEmpty',
  'store.accept',
  'store.reopen',
  'backup.make',
  'backup.restore',
  'backup.setPlaces',
  'company.export',
  'company.import',
];

let application: Application;
const answers = new Map<MethodName, unknown>();

beforeAll(async () => {
  writeFileSync(salesFile.path, salesCsv());
  application = createApplication({ storePath, backups: false });
  await application.call('settings.set', { currency: 'EUR' });
  // Checked now, it is not checked a minute later, in the midst of the calls.
  await application.call('store.check', {});
  await application.call('import.run', { file: salesFile });
  await application.call('model.save', { frequency: 'month', horizon: 3, model: 'seasonal-naive' });
  for (const { method, input } of calls) answers.set(method, await application.call(method, input as never));
});
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('one list of calls', () => {
  it('names every method of the contract', () => {
    expect([...calls.map(({ method }) => method), ...driven].sort()).toEqual(Object.keys(contract).sort());
  });

  it('gives JSON that survives a round trip: null for missing, no NaN, no typed arrays', () => {
    for (const [method, output] of answers) expect(JSON.parse(JSON.stringify(output)), method).toStrictEqual(output);
  });

  const clients = {
    Electron: () => electronClient(application, [salesFile.path]),
    HTTP: () => httpPageClient(application),
  };
  // Pages hand over what Vue has wrapped; Electron's bridge refuses it as it is.
  it.each(Object.entries(clients))(
    "passes the page's client and the %s door, reactive as pages hold it",
    async (_name, open) => {
      const client = await open();
      for (const { method, input } of calls) {
        const chosen =
          method === 'import.preview' ? await client.prepareFile(new File([salesCsv()], salesFile.name)) : null;
        const question = ref(chosen ? { file: chosen } : structuredClone(input));
        const answer = await client.call(method, question.value as never);
        const same = chosen ? { ...(answer as object), file: salesFile } : answer;
        expect(same, method).toStrictEqual(answers.get(method));
      }
      await client.close();
    },
  );

  it('passes the command line', async () => {
    // Some of the calls change the store, which has one owner at a time.
    await application.close();
    const run = promisify(execFile);
    const nounOf = ({ method }: Asked) => method.split('.')[0];
    const firstOfEach = calls.filter((one, i) => calls.findIndex((other) => nounOf(other) === nounOf(one)) === i);
    const waiting = [...swept(calls, firstOfEach)];
    // Each call is a program of its own; two at a time keep both cores busy.
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { method, input } = next;
        const { stdout } = await run(
          process.execPath,
          ['src-main/doors/cli.ts', method, JSON.stringify(input), '--store', storePath],
          { maxBuffer: 1e9 },
        );
        expect(JSON.parse(stdout), method).toStrictEqual(answers.get(method));
      }
    };
    await Promise.all([lane(), lane()]);
  }, 240_000);
});
