/** Puts the lines of several imports, each with ids of its own, into one set of columns with one set of dictionaries. */
import { AppError } from '../../../src-shared/errors.ts';
import type { ParsedLines } from './parsed-import.ts';
import type { Dictionaries, ProductEntry, SaleLines } from './sale-lines.ts';

/** Country ids are 16 bits wide; so many different countries are another column taken for one. */
const mostCountries = 65_535;

const shared = <T>(make: new (buffer: SharedArrayBuffer) => T, bytes: number, length: number): T =>
  new make(new SharedArrayBuffer(bytes * length));

/** Columns of zeros on shared memory. */
export function allocateLines(length: number): SaleLines {
  return {
    length,
    seconds: shared(Int32Array, 4, length),
    customer: shared(Uint32Array, 4, length),
    product: shared(Uint32Array, 4, length),
    invoice: shared(Uint32Array, 4, length),
    country: shared(Uint16Array, 2, length),
    quantity: shared(Float64Array, 8, length),
    price: shared(Float64Array, 8, length),
    amount: shared(Float64Array, 8, length),
    rest: shared(Uint32Array, 4, length),
    flags: shared(Uint8Array, 1, length),
    importIndex: shared(Uint16Array, 2, length),
  };
}

/** Dictionaries that hold nothing but "missing". */
export const emptyDictionaries = (): Dictionaries => ({
  customers: [''],
  products: [{ code: '', description: '', category: '' }],
  invoices: [''],
  countries: [''],
});

/** New id of each id of the added dictionary; null: they are the same. */
export interface IdMaps {
  customer: Uint32Array | null;
  product: Uint32Array | null;
  invoice: Uint32Array | null;
  country: Uint32Array | null;
}

const productKey = ({ code, description, category }: ProductEntry) => `${code}\u0000${description}\u0000${category}`;
const textKey = (text: string) => text;

/** One growing list of distinct entries; the look-up is only built once a second import comes. */
class JoinedList<T> {
  entries: T[];
  private ids: Map<string, number> | null = null;
  private readonly keyOf: (entry: T) => string;

  constructor(entries: T[], keyOf: (entry: T) => string) {
    this.entries = entries;
    this.keyOf = keyOf;
  }

  add(added: T[]): Uint32Array | null {
    if (this.entries.length <= 1) {
      this.entries = added;
      return null;
    }
    if (!this.ids) {
      this.entries = this.entries.slice();
      this.ids = new Map(this.entries.map((entry, id) => [this.keyOf(entry), id]));
    }
    const map = new Uint32Array(added.length);
    for (let local = 0; local < added.length; local++) {
      const key = this.keyOf(added[local]);
      let id = this.ids.get(key);
      if (id === undefined) {
        id = this.entries.push(added[local]) - 1;
        this.ids.set(key, id);
      }
      map[local] = id;
    }
    return map;
  }
}

/** Joins dictionaries one import after the other; the ones handed in are never changed. */
export class DictionaryJoiner {
  private readonly customers: JoinedList<string>;
  private readonly products: JoinedList<ProductEntry>;
  private readonly invoices: JoinedList<string>;
  private readonly countries: JoinedList<string>;

  constructor(base: Dictionaries = emptyDictionaries()) {
    this.customers = new JoinedList(base.customers, textKey);
    this.products = new JoinedList(base.products, productKey);
    this.invoices = new JoinedList(base.invoices, textKey);
    this.countries = new JoinedList(base.countries, textKey);
  }

  /** @throws AppError 'file-not-understood' above 65,535 countries. */
  add(added: Dictionaries): IdMaps {
    const maps: IdMaps = {
      customer: this.customers.add(added.customers),
      product: this.products.add(added.products),
      invoice: this.invoices.add(added.invoices),
      country: this.countries.add(added.countries),
    };
    if (this.countries.entries.length > mostCountries) {
      throw new AppError(
        'file-not-understood',
        `The column taken for the country has more than ${mostCountries} different values. Choose another column for it, or none.`,
      );
    }
    return maps;
  }

  get dictionaries(): Dictionaries {
    return {
      customers: this.customers.entries,
      products: this.products.entries,
      invoices: this.invoices.entries,
      countries: this.countries.entries,
    };
  }
}

function translate(ids: Uint32Array | Uint16Array, map: Uint32Array | null, from: number, to: number): void {
  if (map) for (let i = from; i < to; i++) ids[i] = map[ids[i]];
}

const plainColumns = ['seconds', 'customer', 'product', 'invoice', 'country', 'quantity', 'price', 'rest'] as const;

/** Copies parsed columns to line `at` and following; ids stay local until `finishLines`. */
export function copyLines(from: ParsedLines, into: SaleLines, at: number): void {
  for (const column of plainColumns) into[column].set(from[column].subarray(0, from.length), at);
}

/** Half away from zero, so that a cancellation takes back exactly what the sale brought. */
const roundedAmount = (quantity: number, price: number): number => {
  const product = quantity * price;
  return (product < 0 ? -Math.round(-product) : Math.round(product)) + 0;
};

/** Turns local ids of lines `from` … `to` into those of the joined dictionaries and works out the amounts. */
export function finishLines(lines: SaleLines, maps: IdMaps, importIndex: number, from: number, to: number): void {
  translate(lines.customer, maps.customer, from, to);
  translate(lines.product, maps.product, from, to);
  translate(lines.invoice, maps.invoice, from, to);
  translate(lines.country, maps.country, from, to);
  const { amount, quantity, price } = lines;
  for (let i = from; i < to; i++) amount[i] = roundedAmount(quantity[i], price[i]);
  lines.importIndex.fill(importIndex, from, to);
}

/** Copies whole columns to the start of longer ones. */
export function extendLines(old: SaleLines, length: number): SaleLines {
  const lines = allocateLines(length);
  copyLines(old, lines, 0);
  lines.amount.set(old.amount);
  lines.flags.set(old.flags);
  lines.importIndex.set(old.importIndex);
  return lines;
}
