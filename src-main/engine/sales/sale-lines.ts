/**
 * Sale lines as columns. Index 0 of every dictionary is "missing" (empty text), so id 0 means the cell was empty.
 * All arrays have the same length and sit on SharedArrayBuffers, so that every thread reads the same memory.
 */
export interface SaleLines {
  length: number;
  /** Local wall-clock seconds since 2000-01-01 00:00:00 (range 1931-12 to 2068-01). */
  seconds: Int32Array;
  customer: Uint32Array;
  /** Index of a (code, description) pair in `Dictionaries.products`. */
  product: Uint32Array;
  invoice: Uint32Array;
  country: Uint16Array;
  quantity: Float64Array;
  /** Price of one unit in 1/10 000 currency unit; not whole only where it was derived from an amount. */
  price: Float64Array;
  /** round(quantity × price): whole 1/10 000 currency units. Not stored, computed on loading. */
  amount: Float64Array;
  /** Hash of the cells of unmapped columns (0 when there are none): part of a line's identity. */
  rest: Uint32Array;
  /** lineFlags, what the cleaning rules speak about. */
  flags: Uint8Array;
  /** Index of the import a line came with. */
  importIndex: Uint16Array;
}

export interface ProductEntry {
  code: string;
  /** As imported, never trimmed; '' when missing. */
  description: string;
  category: string;
}

export interface Dictionaries {
  customers: string[];
  products: ProductEntry[];
  invoices: string[];
  countries: string[];
}

/** Bits of SaleLines.flags. A bit says what the line is; the rules decide what that means. */
export const lineFlags = {
  /** The file has a customer column and the cell is empty. */
  unknownCustomer: 1,
  /** A cancellation or return: a cancelling invoice number, or a negative quantity or amount with a price above zero. */
  cancellation: 2,
  /** Quantity ≤ 0 and not a cancellation. */
  quantity: 4,
  /** Price ≤ 0. */
  price: 8,
  /** Identical in every cell to an earlier line of the same import. */
  identical: 16,
  nonProduct: 32,
  /** The same line stands in an earlier import: never counted, whatever the rules say. */
  repeated: 64,
} as const;

/** Seconds between 1970-01-01 and 2000-01-01. */
export const epochSeconds = 946_684_800;
export const secondsPerDay = 86_400;

/** Days since 1970-01-01 of a line's wall-clock seconds. */
export const dayOf = (seconds: number): number => Math.floor((seconds + epochSeconds) / secondsPerDay);

/** 'YYYY-MM-DD' of days since 1970-01-01. */
export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Days since 1970-01-01 of 'YYYY-MM-DD'. */
export const dayNumber = (text: string): number => Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
