/** The demo company's files as text, line by line, so that a writer can stream them. */
import { demoCustomers } from './customers.ts';
import { demoReadme } from './readme.ts';
import { startLevel } from './parameters.ts';
import type { PlantedRow } from './planted.ts';
import { demoProducts, demoStock } from './products.ts';
import { type DemoRow, demoSales } from './sales.ts';
import { demoTruth } from './truth.ts';

export interface DemoFile {
  name: string;
  mimeType: string;
  /** Lines with their ends. */
  lines(): Iterable<string>;
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvLine = (cells: (string | number)[]): string => `${cells.map((cell) => csvCell(String(cell))).join(',')}\n`;
const amount = (units: number): string => (units / 10_000).toFixed(2);

const salesHeader = [
  'Invoice',
  'Date',
  'Product',
  'Description',
  'Category',
  'Quantity',
  'Price',
  'Customer ID',
  'Country',
];
const column = (name: string): number => salesHeader.indexOf(name);

const words = {
  'date-invalid': ['2024-02-31 10:15:00', 'yesterday', '2025-13-05 09:30:00'],
  'quantity-invalid': ['two', 'a few', 'see note'],
  'price-invalid': ['free', 'see list', 'ask'],
};

function spoil(cells: string[], { reason, variant }: Extract<PlantedRow, { kind: 'spoiled' }>): string[] {
  const set = (name: string, value: string) => cells.with(column(name), value);
  const word = (choices: string[]) => choices[variant % choices.length];
  switch (reason) {
    case 'blank-row':
      return cells.map(() => '');
    case 'too-many-cells':
      return cells.toSpliced(column('Description') + 1, 0, ' assorted');
    case 'date-missing':
      return set('Date', '');
    case 'quantity-missing':
      return set('Quantity', '');
    case 'price-missing':
      return set('Price', '');
    case 'date-invalid':
      return set('Date', word(words[reason]));
    case 'quantity-invalid':
      return set('Quantity', word(words[reason]));
    case 'price-invalid':
      return set('Price', word(words[reason]));
  }
}

function salesCells({ line, spoiled }: DemoRow): string[] {
  const { invoice, date, code, description, category, quantity, price, customer, country } = line;
  const cells = [invoice, date, code, description, category, String(quantity), amount(price), customer, country];
  return spoiled === null ? cells : spoil(cells, spoiled);
}

function* salesLines(seed: number): Generator<string> {
  yield csvLine(salesHeader);
  for (const row of demoSales(seed)) yield csvLine(salesCells(row));
}

function* customerLines(seed: number): Generator<string> {
  yield csvLine(['Customer ID', 'Name', 'Gender', 'Age', 'Annual Income', 'Spending Score', 'Country']);
  for (const { id, name, gender, age, income, spendingScore, country } of demoCustomers(seed)) {
    yield csvLine([id, name, gender, age ?? '', income, spendingScore, country]);
  }
}

function* productLines(seed: number): Generator<string> {
  yield csvLine(['Product', 'Description', 'Category', 'Price', 'Unit Cost']);
  for (const { code, description, category, price, cost } of demoProducts(seed)) {
    yield csvLine([code, description, category, amount(price), amount(cost)]);
  }
}

function* stockLines(seed: number): Generator<string> {
  yield csvLine(['Product', 'Description', 'On Hand', 'Lead Time Days', 'Pack Size']);
  const products = demoProducts(seed);
  const worth = products.reduce((sum, { weight, price }) => sum + (weight * price) / 10_000, 0);
  const unitsPerDay = products.map(({ weight }) => (startLevel * weight) / worth);
  for (const { product, onHand, leadTimeDays, packSize } of demoStock(seed, products, unitsPerDay)) {
    yield csvLine([product.code, product.description, onHand, leadTimeDays, packSize]);
  }
}

/** The files of the demo company of a seed. Making the text is left to the reader of `lines`. */
export function demoFiles(seed: number): DemoFile[] {
  const csv = (name: string, lines: (seed: number) => Iterable<string>): DemoFile => ({
    name,
    mimeType: 'text/csv',
    lines: () => lines(seed),
  });
  return [
    csv('sales.csv', salesLines),
    csv('customers.csv', customerLines),
    csv('products.csv', productLines),
    csv('stock.csv', stockLines),
    {
      name: 'truth.json',
      mimeType: 'application/json',
      lines: () => [`${JSON.stringify(demoTruth(seed), null, 2)}\n`],
    },
    { name: 'README.md', mimeType: 'text/markdown', lines: () => demoReadme(demoTruth(seed)) },
  ];
}
