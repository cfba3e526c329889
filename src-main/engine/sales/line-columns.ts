/**
 * The sale columns and their dictionaries, each named once. The types of sale lines, how they are allocated, grown, copied,
 * joined, compared, stored and read back follow from the two lists here.
 */

export interface ProductEntry {
  code: string;
  /** As imported, never trimmed; '' when missing. */
  description: string;
  category: string;
}

/** Distinct entries that lines name by their place; place 0 is "missing". */
interface DictionaryKind<Entry> {
  missing: Entry;
  /** Equal for equal entries only. */
  keyOf(entry: Entry): string;
  /** What is stored of the entries, as JSON, and the way back. */
  pack(entries: Entry[]): unknown;
  unpack(packed: unknown): Entry[];
}

const texts: DictionaryKind<string> = {
  missing: '',
  keyOf: (text) => text,
  pack: (entries) => entries,
  unpack: (packed) => packed as string[],
};

/** Kept as three parallel lists: smaller, and quicker to parse than a million keys. */
const products: DictionaryKind<ProductEntry> = {
  missing: { code: '', description: '', category: '' },
  keyOf: ({ code, description, category }) => `${code}\u0000${description}\u0000${category}`,
  pack: (entries) => [
    entries.map((entry) => entry.code),
    entries.map((entry) => entry.description),
    entries.map((entry) => entry.category),
  ],
  unpack: (packed) => {
    const [codes, descriptions, categories] = packed as [string[], string[], string[]];
    return codes.map((code, i) => ({ code, description: descriptions[i], category: categories[i] }));
  },
};

export const lineDictionaries = { customers: texts, products, invoices: texts, countries: texts };
export type DictionaryName = keyof typeof lineDictionaries;

interface LineColumn {
  /** A value takes so many bytes; of a column with a dictionary, this also bounds its different entries. */
  array:
    | Int32ArrayConstructor
    | Uint32ArrayConstructor
    | Uint16ArrayConstructor
    | Uint8ArrayConstructor
    | Float64ArrayConstructor;
  /**
   * Who fills it. file: the reader of the file; two lines that agree in all of these are the same. import: what was found
   * when the file was imported, stored beside them. load: worked out whenever lines are read, never stored.
   */
  from: 'file' | 'import' | 'load';
  /** The values are places in this dictionary. */
  dictionary?: DictionaryName;
}

export const lineColumns = {
  /** Local wall-clock seconds since 2000-01-01 00:00:00 (range 1931-12 to 2068-01). */
  seconds: { array: Int32Array, from: 'file' },
  customer: { array: Uint32Array, from: 'file', dictionary: 'customers' },
  /** Place of a (code, description, category) in its dictionary. */
  product: { array: Uint32Array, from: 'file', dictionary: 'products' },
  invoice: { array: Uint32Array, from: 'file', dictionary: 'invoices' },
  country: { array: Uint16Array, from: 'file', dictionary: 'countries' },
  quantity: { array: Float64Array, from: 'file' },
  /** Price of one unit in 1/10 000 currency unit; not whole only where it was derived from an amount. */
  price: { array: Float64Array, from: 'file' },
  /** round(quantity × price): whole 1/10 000 currency units. */
  amount: { array: Float64Array, from: 'load' },
  /** Hash of the cells of unmapped columns (0 when there are none): part of a line's identity. */
  rest: { array: Uint32Array, from: 'file' },
  /** lineFlags, what the cleaning rules speak about. */
  flags: { array: Uint8Array, from: 'import' },
  /** Index of the import a line came with. */
  importIndex: { array: Uint16Array, from: 'load' },
} as const satisfies Record<string, LineColumn>;
