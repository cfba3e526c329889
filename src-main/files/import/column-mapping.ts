import type { CustomerField, Field, SalesField, TableKind } from '../../../src-shared/domain.ts';
import { type ColumnProfile, columnType } from './column-profile.ts';
import { customerSynonyms, otherMeaning, salesSynonyms, withoutTaxRemark } from './field-synonyms.ts';
import { headerScore } from './header-score.ts';
import { guessMoney } from './kinds/money-guess.ts';
import type { Pace } from './pace.ts';

/** field → index of the column it is read from. */
export type Mapping = Partial<Record<Field, number>>;

const unused = (columns: readonly ColumnProfile[], mapping: Mapping): ColumnProfile[] => {
  const taken = new Set(Object.values(mapping));
  return columns.filter((column) => !taken.has(column.index) && column.filled > 0);
};

export interface MappingProposal {
  kind: TableKind;
  mapping: Mapping;
  /** Fields found by content alone: worth the user's look. */
  guessed: Field[];
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

async function candidatesFor(
  columns: readonly ColumnProfile[],
  synonyms: Record<string, string>,
  pace: Pace,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const folded = columns.map((column) => column.folded);
  const lineItems = folded.includes('lineitem name');
  const paidOut = folded.some((header) => /^((selling|processing|transaction|payment) )?fees?$/.test(header));
  const fields = Object.entries(synonyms);
  for (const column of columns) {
    if (pace.due(fields.length)) await pace.pause();
    const { words: header, includesTax } = withoutTaxRemark(column.folded);
    for (const [field, words] of fields) {
      // Of two sums, the one without tax.
      let score = headerScore(header, words) - (includesTax ? 5 : 0);
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

const textLength = (column: ColumnProfile): number =>
  column.cells.reduce<number>((sum, cell) => sum + String(cell).length, 0);

/** The column with the longest texts, the first of equal ones. */
function wordiest(columns: readonly ColumnProfile[]): ColumnProfile | null {
  let best: ColumnProfile | null = null;
  let most = -1;
  for (const column of columns) {
    const length = textLength(column);
    if (length > most) [best, most] = [column, length];
  }
  return best;
}

const productNouns = /^(item|product|article|artikel|produkt|produit|producto|articulo|articolo|prodotto|produto)$/;
const otherNames =
  /\b(customer|client|buyer|user|first|last|full|middle|family|contact|company|store|shop|branch|city|state|region|country|ship\w*|billing|seller|vendor|supplier|retailer|employee|staff|manager|person|rep|warehouse|location|brand|channel|campaign|file|sheet|price point|device|category)\b/;

/** The name of the product where no header says "description": "Item" beside a code, or "Pizza name" where nothing else names a product. */
function guessProductName(columns: readonly ColumnProfile[], mapping: Mapping): Field[] {
  if (mapping.description !== undefined) return [];
  const lineLevel = mapping.invoice !== undefined || mapping.quantity !== undefined || mapping.price !== undefined;
  const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
  const named = texts.find(({ folded }) => {
    if (mapping.product !== undefined) return productNouns.test(folded);
    return lineLevel && / name$/.test(folded) && !otherNames.test(folded) && !otherMeaning.test(folded);
  });
  if (!named) return [];
  mapping.description = named.index;
  return mapping.product === undefined ? ['description'] : [];
}

interface Proposal {
  mapping: Mapping;
  guessed: Field[];
}

async function proposeSales(columns: readonly ColumnProfile[], headerless: boolean, pace: Pace): Promise<Proposal> {
  const mapping = bestAssignment(await candidatesFor(columns, salesSynonyms, pace));
  const guessed: Field[] = [];
  if (mapping.date === undefined) {
    const found = unused(columns, mapping)
      .filter((column) => columnType(column) === 'date' && !otherMeaning.test(column.folded))
      .sort((a, b) => b.dates - a.dates || a.index - b.index)[0];
    if (found) {
      mapping.date = found.index;
      guessed.push('date');
    }
  }
  if (mapping.amount === undefined && (mapping.quantity === undefined || mapping.price === undefined)) {
    const noQuantity = headerless && mapping.quantity === undefined;
    const money = await guessMoney(unused(columns, mapping), noQuantity, pace);
    Object.assign(mapping, money);
    guessed.push(...(Object.keys(money) as Field[]));
  }
  if (headerless && mapping.product === undefined && mapping.description === undefined) {
    const texts = unused(columns, mapping).filter((column) => columnType(column) === 'text' && column.numbers < 0.1);
    const wordy = wordiest(texts);
    if (wordy) {
      mapping.description = wordy.index;
      guessed.push('description');
    }
  }
  if (!headerless) guessed.push(...guessProductName(columns, mapping));
  // "Quantity, Net price": without a price of its own, what can be a price is one.
  if (mapping.amount !== undefined && mapping.quantity !== undefined && mapping.price === undefined) {
    if (headerScore(columns[mapping.amount].folded, salesSynonyms.price) >= 70) {
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

async function proposeCustomers(columns: readonly ColumnProfile[], pace: Pace): Promise<Proposal> {
  const mapping = bestAssignment(await candidatesFor(columns, customerSynonyms, pace));
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
  const dateNamed = columns.some(({ folded }) => headerScore(folded, salesSynonyms.date) >= 70);
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
export async function proposeMapping(
  columns: readonly ColumnProfile[],
  kind: TableKind | null,
  headerless: boolean,
  pace: Pace,
): Promise<MappingProposal> {
  const sales = await proposeSales(columns, headerless, pace);
  const customers = await proposeCustomers(columns, pace);
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
