import type { CustomerField, Field, SalesField, TableKind } from '../../src-shared/domain.ts';
import { type ColumnProfile, columnType } from './column-profile.ts';
import { customerSynonyms, foldHeader, otherMeaning, salesSynonyms, withoutTaxRemark } from './field-synonyms.ts';

/** field → index of the column it is read from. */
export type Mapping = Partial<Record<Field, number>>;

export interface MappingProposal {
  kind: TableKind;
  mapping: Mapping;
  /** Fields found by content alone: worth the user's look. */
  guessed: Field[];
}

/** Words that mean a field only when they are the whole header. */
const onlyWhole = new Set(
  'name title service goods count sold value rate total day week month hour ora order piece ref detail class family user member phone company market region concepto wert valor item id no nr number time zeit index score price sales sale volume linea grupo ca nb cant und nome nombre nom land period rubro setor code codigo codice material net gross retailer'.split(
    ' ',
  ),
);

const lists = new Map<string, string[]>();
const synonymsOf = (field: string, text: string): string[] => {
  const key = `${field}\n${text.length}`;
  const known = lists.get(key);
  if (known) return known;
  const list = text
    .split('|')
    .map((synonym) => synonym.trim())
    .filter((synonym) => synonym !== '');
  lists.set(key, list);
  return list;
};

/** 0..100: how surely a folded header names a field; its words may be written as one ('quantityordered'). */
export function headerScore(header: string, field: string, synonyms: string): number {
  const list = synonymsOf(field, synonyms);
  const named = list.indexOf(header);
  const exact =
    named === -1 && header.length >= 6 ? list.findIndex((words) => words.replaceAll(' ', '') === header) : named;
  if (exact !== -1) return 100 - (30 * exact) / list.length;
  if (otherMeaning.test(header)) return 0;
  let best = 0;
  for (const synonym of list) {
    if (synonym.length < 4 || onlyWhole.has(synonym)) continue;
    if (header.endsWith(` ${synonym}`)) best = Math.max(best, 40 + Math.min(synonym.length, 20));
    else if (header.startsWith(`${synonym} `)) best = Math.max(best, 35 + Math.min(synonym.length, 20));
    else if (synonym.includes(' ') && header.includes(` ${synonym} `))
      best = Math.max(best, 30 + Math.min(synonym.length, 20));
  }
  return best;
}

/** Whether the cells can be what the field needs; an empty sample decides nothing. */
function contentFits(field: Field, column: ColumnProfile): boolean {
  if (column.filled === 0) return true;
  switch (field) {
    case 'date':
      return column.dates >= 0.5;
    case 'time':
      return column.times >= 0.5;
    case 'quantity':
    case 'price':
    case 'amount':
    case 'income':
    case 'spendingScore':
      return column.numbers >= 0.5;
    case 'age':
      return column.numbers >= 0.5 && column.dates < 0.5;
    default:
      return !(column.dates >= 0.9 && column.numbers < 0.5);
  }
}

interface Candidate {
  field: Field;
  index: number;
  score: number;
}

function bestAssignment(candidates: Candidate[]): Mapping {
  const mapping: Mapping = {};
  const taken = new Set<number>();
  for (const { field, index } of candidates.sort((a, b) => b.score - a.score || a.index - b.index)) {
    if (mapping[field] !== undefined || taken.has(index)) continue;
    mapping[field] = index;
    taken.add(index);
  }
  return mapping;
}

function candidatesFor(columns: readonly ColumnProfile[], synonyms: Record<string, string>): Candidate[] {
  const candidates: Candidate[] = [];
  const folded = columns.map((column) => foldHeader(column.header));
  const lineItems = folded.includes('lineitem name');
  const paidOut = folded.some((header) => /^((selling|processing|transaction|payment) )?fees?$/.test(header));
  for (const column of columns) {
    const { words: header, includesTax } = withoutTaxRemark(folded[column.index]);
    for (const [field, words] of Object.entries(synonyms)) {
      // Of two sums, the one without tax.
      let score = headerScore(header, field, words) - (includesTax ? 5 : 0);
      // Shopify calls the order's number "Name" and writes the order's own sums only on its first line.
      if (lineItems && header === 'name') score = field === 'invoice' ? 100 : 0;
      if (lineItems && field === 'amount') score = 0;
      // Beside the fees of a payment service, the net is what it paid out and not what was sold.
      if (paidOut && field === 'amount' && /^net( total| amount)?$/.test(header)) score = 0;
      if (score <= 0 || !contentFits(field as Field, column)) continue;
      candidates.push({ field: field as Field, index: column.index, score: column.filled === 0 ? score - 40 : score });
    }
  }
  return candidates;
}

const unused = (columns: readonly ColumnProfile[], mapping: Mapping): ColumnProfile[] => {
  const taken = new Set(Object.values(mapping));
  return columns.filter((column) => !taken.has(column.index) && column.filled > 0);
};

/** Whether a × b = c in nearly every sampled row. */
function multiplies(a: ColumnProfile, b: ColumnProfile, c: ColumnProfile): boolean {
  let rows = 0;
  let agree = 0;
  for (let i = 0; i < c.cells.length && rows < 200; i++) {
    const [x, y, z] = [a, b, c].map((column) => Number(String(column.cells[i] ?? '').replace(',', '.')));
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z) || z === 0) continue;
    rows++;
    if (Math.abs(x * y - z) <= 0.006 + Math.abs(z) * 1e-6) agree++;
  }
  return rows >= 3 && agree >= rows * 0.9;
}

const textLength = (column: ColumnProfile): number =>
  column.cells.reduce<number>((sum, cell) => sum + String(cell).length, 0);

/** Median size of a column's plain numbers: ids are long, quantities are small. */
function typicalSize(column: ColumnProfile): number {
  const sizes = column.cells.map((cell) => Math.abs(Number(cell))).filter((size) => Number.isFinite(size));
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** Money columns where no header names one: c = a × b, a whole-number column beside one with cents, or the only number. */
function guessMoney(columns: readonly ColumnProfile[], mapping: Mapping, headerless: boolean): Field[] {
  if (mapping.amount !== undefined || (mapping.quantity !== undefined && mapping.price !== undefined)) return [];
  const numbers = unused(columns, mapping).filter(
    (column) => columnType(column) === 'number' && !otherMeaning.test(foldHeader(column.header)),
  );
  for (const c of numbers) {
    for (const a of numbers) {
      for (const b of numbers) {
        if (a === b || a === c || b === c || a.integers < b.integers || !multiplies(a, b, c)) continue;
        Object.assign(mapping, { quantity: a.index, price: b.index, amount: c.index });
        return ['quantity', 'price', 'amount'];
      }
    }
  }
  const withCents = numbers.filter((column) => column.numbers >= 0.9 && column.numbers - column.integers > 0.1);
  const wholes = numbers.filter((column) => column.integers >= 0.99 && typicalSize(column) < 10_000);
  if (headerless && withCents.length === 1 && wholes.length > 0 && mapping.quantity === undefined) {
    const quantity = wholes.reduce((best, column) => (typicalSize(column) < typicalSize(best) ? column : best));
    Object.assign(mapping, { quantity: quantity.index, price: withCents[0].index });
    return ['quantity', 'price'];
  }
  const only = withCents.length === 1 ? withCents[0] : numbers.length === 1 ? numbers[0] : null;
  if (only === null) return [];
  mapping.amount = only.index;
  return ['amount'];
}

const productNouns = /^(item|product|article|artikel|produkt|produit|producto|articulo|articolo|prodotto|produto)$/;
const otherNames =
  /\b(customer|client|buyer|user|first|last|full|middle|family|contact|company|store|shop|branch|city|state|region|country|ship\w*|billing|seller|vendor|supplier|retailer|employee|staff|manager|person|rep|warehouse|location|brand|channel|campaign|file|sheet|price point|device|category)\b/;

/** The name of the product where no header says "description": "Item" beside a code, or "Pizza name" where nothing else names a product. */
function guessProductName(columns: readonly ColumnProfile[], mapping: Mapping): Field[] {
  if (mapping.description !== undefined) return [];
  const lineLevel = mapping.invoice !== undefined || mapping.quantity !== undefined || mapping.price !== undefined;
  const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
  const named = texts.find(({ header }) => {
    const folded = foldHeader(header);
    if (mapping.product !== undefined) return productNouns.test(folded);
    return lineLevel && / name$/.test(folded) && !otherNames.test(folded) && !otherMeaning.test(folded);
  });
  if (!named) return [];
  mapping.description = named.index;
  return mapping.product === undefined ? ['description'] : [];
}

function proposeSales(columns: readonly ColumnProfile[], headerless: boolean): { mapping: Mapping; guessed: Field[] } {
  const mapping = bestAssignment(candidatesFor(columns, salesSynonyms));
  const guessed: Field[] = [];
  if (mapping.date === undefined) {
    const found = unused(columns, mapping)
      .filter((column) => columnType(column) === 'date' && !otherMeaning.test(foldHeader(column.header)))
      .sort((a, b) => b.dates - a.dates || a.index - b.index)[0];
    if (found) {
      mapping.date = found.index;
      guessed.push('date');
    }
  }
  guessed.push(...guessMoney(columns, mapping, headerless));
  if (headerless && mapping.product === undefined && mapping.description === undefined) {
    const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
    const wordy = texts.sort((a, b) => textLength(b) - textLength(a))[0];
    if (wordy) {
      mapping.description = wordy.index;
      guessed.push('description');
    }
  }
  if (!headerless) guessed.push(...guessProductName(columns, mapping));
  // "Quantity, Net price": without a price of its own, what can be a price is one.
  if (mapping.amount !== undefined && mapping.quantity !== undefined && mapping.price === undefined) {
    const header = foldHeader(columns[mapping.amount].header);
    if (headerScore(header, 'price', salesSynonyms.price) >= 70) {
      mapping.price = mapping.amount;
      delete mapping.amount;
    }
  }
  // "Date, Item, Price": the price of a line is its amount.
  if (mapping.price !== undefined && mapping.quantity === undefined && mapping.amount === undefined) {
    mapping.amount = mapping.price;
    delete mapping.price;
  }
  return { mapping, guessed };
}

function proposeCustomers(columns: readonly ColumnProfile[]): { mapping: Mapping; guessed: Field[] } {
  const mapping = bestAssignment(candidatesFor(columns, customerSynonyms));
  if (mapping.customer !== undefined) return { mapping, guessed: [] };
  const unique = unused(columns, mapping).find(
    (column) => column.distinct === column.filled && column.integers >= 0.99,
  );
  if (!unique) return { mapping, guessed: [] };
  mapping.customer = unique.index;
  return { mapping, guessed: ['customer'] };
}

const demographic: CustomerField[] = ['gender', 'age', 'income', 'spendingScore'];
const saleWords: SalesField[] = ['product', 'description', 'quantity', 'price', 'invoice'];

/** What a table is: a customer file names each customer once; a series has a date and an amount and nothing else. */
function kindOf(columns: readonly ColumnProfile[], sales: Mapping, customers: Mapping): TableKind {
  const known = demographic.filter((field) => customers[field] !== undefined).length;
  const key = customers.customer === undefined ? null : columns[customers.customer];
  const oneRowEach = key !== null && key.distinct >= key.filled * 0.98;
  const saleFields = saleWords.filter(
    (field) => sales[field] !== undefined && sales[field] !== customers.customer && sales[field] !== customers.name,
  );
  const dateNamed = columns.some(({ header }) => headerScore(foldHeader(header), 'date', salesSynonyms.date) >= 70);
  if (sales.date === undefined && !dateNamed && key !== null && (known > 0 || oneRowEach)) return 'customers';
  if (oneRowEach && known > 0 && saleFields.length === 0) return 'customers';
  const fields = Object.keys(sales).filter((field) => field !== 'date' && field !== 'amount');
  if (sales.date === undefined || sales.amount === undefined || fields.length > 0) return 'sales';
  const dates = columns[sales.date];
  const clock = dates.cells.some(
    (cell) => typeof cell === 'string' && /\d:\d\d/.test(cell) && !/\b00?:00(:00)?\b/.test(cell),
  );
  return !clock && dates.distinct * 1.5 >= dates.filled ? 'series' : 'sales';
}

/**
 * What the table is and which column each field is read from, by headers in several languages and by content.
 * No column serves two fields.
 * @param kind the kind the user chose; null to find it
 * @param headerless the file has no header row, so that only content speaks
 */
export function proposeMapping(
  columns: readonly ColumnProfile[],
  kind: TableKind | null,
  headerless: boolean,
): MappingProposal {
  const sales = proposeSales(columns, headerless);
  const customers = proposeCustomers(columns);
  const chosen = kind ?? kindOf(columns, sales.mapping, customers.mapping);
  if (chosen === 'customers') return { kind: chosen, ...customers };
  if (chosen === 'sales') return { kind: chosen, ...sales };
  const mapping: Mapping = {
    date: sales.mapping.date,
    amount: sales.mapping.amount ?? sales.mapping.quantity ?? sales.mapping.price,
  };
  if (mapping.date === undefined) delete mapping.date;
  if (mapping.amount === undefined) delete mapping.amount;
  return { kind: chosen, mapping, guessed: sales.guessed.filter((field) => field === 'date' || field === 'amount') };
}

/** The proposal with the user's corrections: a column the user gives to a field is taken from any other. */
export function correctMapping(
  mapping: Mapping,
  headers: readonly string[],
  corrections: Partial<Record<string, string | null>>,
): Mapping {
  const corrected: Mapping = { ...mapping };
  for (const [field, header] of Object.entries(corrections)) {
    if (header === undefined) continue;
    delete corrected[field as Field];
    if (header === null) continue;
    const index = headers.indexOf(header);
    for (const [other, at] of Object.entries(corrected)) {
      if (at === index && corrections[other] !== header) delete corrected[other as Field];
    }
    corrected[field as Field] = index;
  }
  return corrected;
}

/** Fields without which an import of this kind cannot start. */
export function missingFields(kind: TableKind, mapping: Mapping): Field[] {
  if (kind === 'customers') return mapping.customer === undefined ? ['customer'] : [];
  const missing: Field[] = mapping.date === undefined ? ['date'] : [];
  if (mapping.amount !== undefined) return missing;
  if (kind === 'series') return [...missing, 'amount'];
  if (mapping.quantity !== undefined && mapping.price === undefined) missing.push('price');
  else if (mapping.price === undefined) missing.push('amount');
  return missing;
}
