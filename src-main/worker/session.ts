/** The data thread's session: the open store, the sale lines in memory, the settings, and what was worked out from them. */
import type { BackupReason, Note, Settings } from '../../src-shared/domain.ts';
import { mainCountries } from '../engine/sales/customer-totals.ts';
import { defaultRules } from '../engine/sales/line-mask.ts';
import { type ProductCatalogue, productCatalogue } from '../engine/sales/products.ts';
import { listImports } from '../store/import-ledger.ts';
import type { Store } from '../store/open-store.ts';
import { readDataVersion, readSettings, writeSetting } from '../store/settings.ts';
import { type CustomerFile, loadCustomerFile } from './customer-file.ts';
import { quietJob } from './job.ts';
import { loadSales, noSales, type SalesData } from './sales-data.ts';

export type SettingsPatch = Partial<Omit<Settings, 'rules'>> & { rules?: Partial<Settings['rules']> };

/** Results kept at most; a mask takes one byte a line. */
const keptResults = 24;

const defaultSettings: Settings = {
  currency: null,
  locale: 'en',
  businessName: '',
  rules: defaultRules,
  asOf: null,
  cuts: null,
  openWeekdays: null,
  holidayCountry: null,
  paper: 'A4',
  theme: 'system',
};

/** Stored settings over the defaults; rules one by one, so that a rule added later has its default. */
function settingsOf(store: Store): Settings {
  const stored = readSettings(store) as SettingsPatch;
  return { ...defaultSettings, ...stored, rules: { ...defaultSettings.rules, ...stored.rules } };
}

export class Session {
  private opened: Store;
  private data: SalesData = noSales();
  private loading: Promise<void> | null = null;
  private version: number;
  private current: Settings;
  private readonly results = new Map<string, unknown>();

  /** Called before imported data change; answers what stood in the way of a copy. */
  readonly beforeChange: (reason: BackupReason) => Promise<Note | null>;
  /** Without remembered answers. */
  readonly safe: boolean;

  constructor(store: Store, beforeChange: Session['beforeChange'] = async () => null, safe = false) {
    this.beforeChange = beforeChange;
    this.safe = safe;
    this.opened = store;
    this.version = readDataVersion(store);
    this.current = settingsOf(store);
  }

  get store(): Store {
    return this.opened;
  }

  /** Goes on with another opening of the store, or the same after another program changed it: nothing old is believed. */
  follow(store: Store): void {
    this.opened = store;
    this.version = readDataVersion(store);
    this.current = settingsOf(store);
    this.data = noSales();
    this.loading = null;
    this.forget();
  }

  /** Reads the sale lines into shared memory, once, in steps between which other calls are answered. */
  load(): Promise<void> {
    this.loading ??= loadSales(this.store, listImports(this.store), quietJob).then((data) => {
      this.data = data;
    });
    return this.loading;
  }

  get sales(): SalesData {
    return this.data;
  }

  /** Grows with every change of the imported data. */
  get dataVersion(): number {
    return this.version;
  }

  get settings(): Settings {
    return this.current;
  }

  /** Answers what was worked out before under this key from the present data and settings, else works it out. */
  remembered<T>(key: string, work: () => T): T {
    if (this.results.has(key)) {
      const found = this.results.get(key) as T;
      // The last one used goes last.
      this.results.delete(key);
      this.results.set(key, found);
      return found;
    }
    const result = work();
    this.results.set(key, result);
    if (this.results.size > keptResults) this.results.delete(this.results.keys().next().value as string);
    return result;
  }

  get catalogue(): ProductCatalogue {
    return this.remembered('catalogue', () => productCatalogue(this.data.lines, this.data.dictionaries.products));
  }

  /** Country of most lines of each customer, by dictionary id. */
  get mainCountries(): Uint16Array {
    return this.remembered('main countries', () =>
      mainCountries(this.data.lines, this.data.dictionaries.customers.length),
    );
  }

  get customerFile(): CustomerFile {
    return this.remembered('customerFile', () => loadCustomerFile(this.store));
  }

  /** What was worked out before no longer holds: after every task whose method says that it changes what is stored. */
  forget(): void {
    this.results.clear();
  }

  /** Changes settings in one transaction and answers all of them. */
  changeSettings(patch: SettingsPatch): Settings {
    const changed = { ...patch, ...(patch.rules ? { rules: { ...this.current.rules, ...patch.rules } } : {}) };
    this.store.transaction(() => {
      for (const [key, value] of Object.entries(changed)) if (value !== undefined) writeSetting(this.store, key, value);
    });
    this.current = settingsOf(this.store);
    this.forget();
    return this.current;
  }

  /** Takes over what a transaction has just written: the new data version, and the new lines if there are any. */
  adopt(dataVersion: number, data: SalesData | null): void {
    this.version = dataVersion;
    if (data) {
      this.data = data;
      this.loading = Promise.resolve();
    }
    this.forget();
  }

  close(): void {
    this.forget();
    this.store.close();
  }
}
