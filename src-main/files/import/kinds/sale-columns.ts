import { type Field, type Note, type SetAsideReason, tableFields } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import type { ParsedSales } from '../../../engine/sales/parsed-import.ts';
import type { ProductEntry } from '../../../engine/sales/line-columns.ts';
import {
  dayOf,
  dayText,
  dictionaryOf,
  emptyDictionaries,
  type KeyColumn,
  keyColumns,
  mostEntries,
} from '../../../engine/sales/sale-lines.ts';
import { isAnonymous, isMissing } from '../column-profile.ts';
import { contradictedOrder } from '../date-order.ts';
import { DateReader, parseTime } from '../date-parsing.ts';
import { GrowingLines } from './growing-columns.ts';
import { headerOf, type ImportPlan, note, type TableBuilder } from '../import-plan.ts';
import { cellUnits, markOf, noEvidence, unitsPerOne } from '../number-parsing.ts';
import { RowAccount } from '../set-aside-rows.ts';
import { hashBlankCells, hashCell, hashStart, IdColumn, idText, TextDictionary } from '../text-dictionary.ts';
import { type Cell, isBlankCell, ownText } from '../table-rows.ts';

/** Columns that hold a cell's text as it is; the other dictionaries are made of more than one cell, or of none. */
const textColumns = keyColumns.filter((column) => !['customer', 'product', 'invoice'].includes(column));

/** Such a column and where its cells stand; it has the name of its field. */
interface TextColumn {
  column: KeyColumn;
  place: number;
  ids: IdColumn;
}

const numberFields = ['quantity', 'price', 'amount'] as const;
type NumberField = (typeof numberFields)[number];

/** Stated amounts may differ from quantity × price on one line in this many before they are believed instead. */
const differingShare = 0.001;

/** Adds (code, description, category) triples to the product dictionary. */
class ProductDictionary {
  readonly entries: ProductEntry[] = [{ code: '', description: '', category: '' }];
  private readonly byCode = new Map<string, Map<string, number>>([['', new Map([['', 0]])]]);

  idOf(code: string, description: string, category: string): number {
    let byDescription = this.byCode.get(code);
    if (byDescription === undefined) {
      byDescription = new Map();
      this.byCode.set(ownText(code), byDescription);
    }
    const key = category === '' ? description : `${description}\u0000${category}`;
    const known = byDescription.get(key);
    if (known !== undefined) return known;
    const id = this.entries.length;
    const entry = { code: ownText(code), description: ownText(description), category: ownText(category) };
    byDescription.set(category === '' ? entry.description : ownText(key), id);
    this.entries.push(entry);
    return id;
  }
}

/** Builds the typed-array lines of a sales table row by row, under one plan. */
export class SaleColumns implements TableBuilder<ParsedSales> {
  private readonly plan: ImportPlan;
  private readonly at = {} as Record<Field, number>;
  private readonly account = new RowAccount();
  private readonly lines = new GrowingLines();
  private readonly dates: DateReader;
  private readonly evidence = { quantity: noEvidence(), price: noEvidence(), amount: noEvidence() };
  private readonly customers: IdColumn;
  private readonly invoices = new IdColumn();
  private readonly madeInvoices = new TextDictionary();
  private readonly texts: TextColumn[];
  private readonly products = new ProductDictionary();
  /** Columns whose cells are nowhere else in a line: part of its identity. */
  private readonly unmapped: number[] = [];
  private readonly anonymous = new Map<string, number>();
  private readonly counts = { compared: 0, differing: 0, timesIgnored: 0, quantityAssumed: 0, signs: 0 };

  constructor(plan: ImportPlan) {
    this.plan = plan;
    for (const field of tableFields.sales) this.at[field] = plan.mapping[field] ?? -1;
    this.texts = textColumns.flatMap((column) => {
      const place = plan.mapping[column as Field];
      return place === undefined ? [] : [{ column, place, ids: new IdColumn() }];
    });
    this.dates = new DateReader(plan.dateOrder, plan.dateStyle);
    const used = new Set(
      Object.entries(plan.mapping)
        .filter(([field]) => field !== (plan.amountMode === 'product' ? 'amount' : 'price'))
        .map(([, index]) => index),
    );
    plan.headers.forEach((_header, index) => {
      if (!used.has(index)) this.unmapped.push(index);
    });
    this.customers = new IdColumn((cell) => this.customerText(cell));
  }

  get read(): number {
    return this.account.read;
  }

  endSheet(): void {
    this.account.endSheet();
  }

  private customerText(cell: Cell | undefined): string {
    const text = idText(cell);
    if (text === '' || !isAnonymous(text)) return text;
    this.anonymous.set(ownText(text), (this.anonymous.get(text) ?? 0) + 1);
    return '';
  }

  add(row: Cell[], sheet: string, number: number): void {
    const { at } = this;
    const dateCell = row[at.date];
    if (isBlankCell(dateCell) && this.account.blank(row, sheet, number)) return;
    this.account.count();
    if (row.length > this.plan.headers.length && this.hasMoreCells(row)) {
      this.account.aside('too-many-cells', '', row[this.plan.headers.length], row, sheet, number);
      return;
    }
    let seconds = this.dates.parse(dateCell ?? '');
    if (Number.isNaN(seconds)) {
      this.aside(isMissing(dateCell) ? 'date-missing' : 'date-invalid', 'date', row, sheet, number);
      return;
    }
    if (at.time !== -1) seconds = this.withTime(seconds, row[at.time]);
    if (this.plan.amountMode === 'product') this.addProduct(row, seconds, sheet, number);
    else this.addAmount(row, seconds, sheet, number);
  }

  private hasMoreCells(row: Cell[]): boolean {
    for (let i = this.plan.headers.length; i < row.length; i++) if (row[i] !== '') return true;
    return false;
  }

  private aside(reason: SetAsideReason, field: Field, row: Cell[], sheet: string, number: number): void {
    this.account.aside(reason, headerOf(this.plan, field), row[this.at[field]], row, sheet, number);
  }

  private withTime(seconds: number, cell: Cell | undefined): number {
    if (seconds % 86_400 !== 0 || isMissing(cell)) return seconds;
    const time =
      typeof cell === 'number'
        ? cell >= 0 && cell < 1
          ? Math.round(cell * 86_400)
          : Number.NaN
        : parseTime(cell as string);
    if (Number.isNaN(time)) {
      this.counts.timesIgnored++;
      return seconds;
    }
    return seconds + time;
  }

  /** Units of a number cell; sets the row aside and gives NaN where there is no usable number. */
  private units(field: NumberField, row: Cell[], sheet: string, number: number): number {
    const index = this.at[field];
    const cell = row[index];
    const units = cell === undefined ? Number.NaN : cellUnits(cell, this.plan.marks[index], this.evidence[field]);
    if (units - units === 0) return units;
    const reason = !Number.isNaN(units)
      ? 'number-too-large'
      : isMissing(cell)
        ? (`${field}-missing` as const)
        : (`${field}-invalid` as const);
    this.aside(reason, field, row, sheet, number);
    return Number.NaN;
  }

  private addProduct(row: Cell[], seconds: number, sheet: string, number: number): void {
    const quantity = this.units('quantity', row, sheet, number);
    if (Number.isNaN(quantity)) return;
    const price = this.units('price', row, sheet, number);
    if (Number.isNaN(price)) return;
    if (this.at.amount !== -1) this.compare(quantity, price, row[this.at.amount]);
    if (Math.abs(quantity / unitsPerOne) * Math.abs(price) > Number.MAX_SAFE_INTEGER)
      this.aside('number-too-large', 'quantity', row, sheet, number);
    else this.addLine(row, seconds, quantity / unitsPerOne, price);
  }

  private compare(quantity: number, price: number, cell: Cell | undefined): void {
    if (isMissing(cell)) return;
    const amount = cellUnits(cell as Cell, this.plan.marks[this.at.amount], this.evidence.amount);
    if (Number.isNaN(amount)) return;
    this.counts.compared++;
    if (Math.abs(Math.round((quantity / unitsPerOne) * price) - amount) > 1) this.counts.differing++;
  }

  private addAmount(row: Cell[], seconds: number, sheet: string, number: number): void {
    const amount = this.units('amount', row, sheet, number);
    if (Number.isNaN(amount)) return;
    let quantity = unitsPerOne;
    const cell = this.at.quantity === -1 ? undefined : row[this.at.quantity];
    if (this.at.quantity !== -1) {
      if (isMissing(cell)) this.counts.quantityAssumed++;
      else quantity = this.units('quantity', row, sheet, number);
      if (Number.isNaN(quantity)) return;
      // An amount without a quantity (a fee, a correction) is one unit of it.
      if (quantity === 0 && amount !== 0) {
        this.counts.quantityAssumed++;
        quantity = unitsPerOne;
      }
    }
    // A refund stays a refund however the export writes its signs: the quantity carries the minus.
    const price =
      this.at.price === -1
        ? 1
        : cellUnits(row[this.at.price] ?? '', this.plan.marks[this.at.price], this.evidence.price);
    const units = quantity / unitsPerOne;
    if (quantity > 0 && amount < 0 && !(price < 0)) this.addLine(row, seconds, -units, -amount / units);
    else if (quantity < 0 && amount > 0 && !(price < 0)) {
      this.counts.signs++;
      this.addLine(row, seconds, units, amount / -units);
    } else this.addLine(row, seconds, units, quantity === 0 ? 0 : amount / units);
  }

  private addLine(row: Cell[], seconds: number, quantity: number, price: number): void {
    const { at, lines } = this;
    const customer = at.customer === -1 ? 0 : this.customers.idOf(row[at.customer]);
    const i = lines.next();
    const { columns } = lines;
    columns.seconds[i] = seconds;
    columns.customer[i] = customer;
    columns.invoice[i] = at.invoice === -1 ? this.madeInvoice(customer, seconds) : this.invoices.idOf(row[at.invoice]);
    columns.product[i] = this.productOf(row);
    for (const text of this.texts) columns[text.column][i] = this.idIn(text, row);
    columns.quantity[i] = quantity;
    columns.price[i] = price;
    columns.rest[i] = this.unmapped.length === 0 ? 0 : this.restOf(row);
  }

  private madeInvoice(customer: number, seconds: number): number {
    return customer === 0
      ? 0
      : this.madeInvoices.idOf(`${dayText(dayOf(seconds))} ${this.customers.dictionary.texts[customer]}`);
  }

  private productOf(row: Cell[]): number {
    const { at } = this;
    const description = at.description === -1 ? '' : String(row[at.description] ?? '');
    const code = at.product === -1 ? '' : idText(row[at.product]);
    const category = at.category === -1 ? '' : idText(row[at.category]);
    // Without a code the name, and without a name the category, is what tells products apart.
    return this.products.idOf(code || description.trim() || category, description, category);
  }

  private idIn({ column, place, ids }: TextColumn, row: Cell[]): number {
    const id = ids.idOf(row[place]);
    if (id > mostEntries(column)) {
      const header = this.plan.headers[place];
      throw new AppError(
        'file-not-understood',
        `Column “${header}” holds more than ${mostEntries(column).toLocaleString('en')} different values, so it is no column of ${dictionaryOf(column)}. Take “${header}” out of the mapping and import again.`,
        { column: header },
      );
    }
    return id;
  }

  private restOf(row: Cell[]): number {
    const { unmapped } = this;
    let hash = hashStart;
    let i = 0;
    for (; i < unmapped.length && unmapped[i] < row.length; i++) hash = hashCell(hash, row[unmapped[i]]);
    return hashBlankCells(hash, unmapped.length - i) >>> 0;
  }

  contradiction(whole: boolean): ImportPlan | null {
    const { plan } = this;
    const changed: Partial<ImportPlan> = {};
    const { evidence } = this.dates;
    if (!plan.fixed.dateOrder && (whole || Math.min(evidence.dayFirst, evidence.monthFirst) === 0)) {
      const order = contradictedOrder(evidence, plan.dateOrder);
      if (order) changed.dateOrder = order;
    }
    if (!plan.fixed.decimalMark) {
      const marks = [...plan.marks];
      for (const field of numberFields) {
        const found = this.evidence[field];
        const mark = this.at[field] === -1 || (!whole && Math.min(found.point, found.comma) > 0) ? null : markOf(found);
        if (mark) marks[this.at[field]] = mark;
      }
      if (marks.some((mark, i) => mark !== plan.marks[i])) changed.marks = marks;
    }
    const { compared, differing } = this.counts;
    if (whole && plan.amountMode === 'product' && differing > compared * differingShare) changed.amountMode = 'amount';
    return Object.keys(changed).length > 0 ? { ...plan, ...changed } : null;
  }

  finish(file: { fileName: string; fileHash: string }): { parsed: ParsedSales; notes: Note[] } {
    const { at } = this;
    const parsed: ParsedSales = {
      kind: 'sales',
      ...file,
      columns: this.plan.headers,
      read: this.account.read,
      setAside: this.account.setAside,
      lines: this.lines.finish(),
      dictionaries: {
        ...emptyDictionaries(),
        ...Object.fromEntries(this.texts.map(({ column, ids }) => [dictionaryOf(column), ids.dictionary.texts])),
        customers: this.customers.dictionary.texts,
        products: this.products.entries,
        invoices: (at.invoice === -1 ? this.madeInvoices : this.invoices.dictionary).texts,
      },
      hasCustomerColumn: at.customer !== -1,
      hasInvoiceColumn: at.invoice !== -1,
    };
    return { parsed, notes: this.notes() };
  }

  private notes(): Note[] {
    const notes: Note[] = [];
    const { evidence } = this.dates;
    const { counts, plan } = this;
    const mixed = Math.min(evidence.dayFirst, evidence.monthFirst);
    if (mixed > 0)
      notes.push(
        note('date-order-mixed', { column: headerOf(plan, 'date'), count: mixed, order: plan.dateOrder }, 'warning'),
      );
    else if (evidence.either > 0 && evidence.dayFirst + evidence.monthFirst === 0 && !plan.dateOrderSure) {
      notes.push(note('date-order-assumed', { column: headerOf(plan, 'date'), order: plan.dateOrder }, 'warning'));
    }
    for (const field of numberFields) {
      const { rounded, point, comma, either } = this.evidence[field];
      if (either > 0 && point + comma === 0 && !plan.fixed.decimalMark) {
        notes.push(
          note('decimal-mark-assumed', { column: headerOf(plan, field), mark: plan.marks[this.at[field]] }, 'warning'),
        );
      }
      if (rounded > 0) notes.push(note('numbers-rounded', { column: headerOf(plan, field), count: rounded }));
      if (Math.min(point, comma) > 0)
        notes.push(
          note(
            'decimal-mark-mixed',
            { column: headerOf(plan, field), count: Math.min(point, comma), mark: plan.marks[this.at[field]] },
            'warning',
          ),
        );
    }
    if (plan.amountMode === 'amount' && this.at.price !== -1 && this.at.quantity !== -1)
      notes.push(note('amount-preferred', { column: headerOf(plan, 'amount') }));
    else if (counts.differing > 0)
      notes.push(note('amount-differs', { column: headerOf(plan, 'amount'), count: counts.differing }));
    if (counts.timesIgnored > 0)
      notes.push(note('time-ignored', { column: headerOf(plan, 'time'), count: counts.timesIgnored }, 'warning'));
    if (counts.quantityAssumed > 0) notes.push(note('quantity-assumed', { count: counts.quantityAssumed }));
    if (counts.signs > 0)
      notes.push(note('return-signs', { column: headerOf(plan, 'amount'), count: counts.signs }, 'warning'));
    if (this.anonymous.size > 0)
      notes.push(
        note('customers-anonymous', {
          column: headerOf(plan, 'customer'),
          words: [...this.anonymous.keys()].slice(0, 8).join(', '),
        }),
      );
    return notes;
  }
}
