import type { CustomerField, Field, Note } from '../../src-shared/domain.ts';
import type { ParsedCustomers } from '../engine/sales/parsed-import.ts';
import { isAnonymous, isMissing } from './column-profile.ts';
import { foldHeader } from './field-synonyms.ts';
import { headerOf, type ImportPlan, note, type TableBuilder } from './import-plan.ts';
import { cellUnits, markOf, noEvidence, unitsPerOne } from './number-parsing.ts';
import { RowAccount } from './set-aside-rows.ts';
import { type Cell, isBlankCell, ownText } from './table-rows.ts';
import { idText } from './text-dictionary.ts';

const numericFields: Field[] = ['age', 'income', 'spendingScore'];

/** 'Total day charge' → 'totalDayCharge'. */
export function featureId(header: string): string {
  const words = foldHeader(header)
    .split(' ')
    .filter((word) => word !== '');
  const id = words.map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
  return id === '' ? 'column' : id;
}

interface AttributeColumn {
  index: number;
  id: string;
  header: string;
  /** A field that is a number by its meaning; further columns are numbers when all their cells are. */
  field: CustomerField | null;
}

/** Attribute columns of a customer table: the known fields, then every other column under its header's id. */
function attributeColumns(plan: ImportPlan): AttributeColumn[] {
  const fieldOf = new Map(Object.entries(plan.mapping).map(([field, index]) => [index, field as CustomerField]));
  const used = new Set<string>(['customer', 'name', 'gender', ...numericFields]);
  const columns: AttributeColumn[] = [];
  plan.headers.forEach((header, index) => {
    const field = fieldOf.get(index) ?? null;
    if (field === 'customer') return;
    const base = field ?? featureId(header);
    let id: string = base;
    for (let n = 2; field === null && used.has(id); n++) id = `${base}${n}`;
    used.add(id);
    columns.push({ index, id, header, field });
  });
  return columns;
}

/** Builds the rows of a customer file. Cells stay text until the end, when each column is known to be numeric or not. */
export class CustomerRows implements TableBuilder<ParsedCustomers> {
  private readonly plan: ImportPlan;
  private readonly account = new RowAccount();
  private readonly customers: string[] = [];
  private readonly columns: AttributeColumn[];
  private readonly cells: Cell[][];
  private unreadable = 0;

  constructor(plan: ImportPlan) {
    this.plan = plan;
    this.columns = attributeColumns(plan);
    this.cells = this.columns.map(() => []);
  }

  get read(): number {
    return this.account.read;
  }

  endSheet(): void {
    this.account.endSheet();
  }

  add(row: Cell[], sheet: string, number: number): void {
    const { headers, mapping } = this.plan;
    const cell = row[mapping.customer ?? -1];
    if (isBlankCell(cell) && this.account.blank(row, sheet, number)) return;
    this.account.count();
    if (row.length > headers.length && row.slice(headers.length).some((extra) => !isBlankCell(extra))) {
      this.account.aside('too-many-cells', '', row[headers.length], row, sheet, number);
      return;
    }
    const customer = idText(cell);
    if (customer === '' || isAnonymous(customer)) {
      this.account.aside('customer-missing', headerOf(this.plan, 'customer'), cell, row, sheet, number);
      return;
    }
    this.customers.push(ownText(customer));
    this.columns.forEach(({ index }, i) => {
      const value = row[index] ?? '';
      this.cells[i].push(typeof value === 'string' ? ownText(value.trim()) : value);
    });
  }

  /** Decimal marks are decided here over all rows; nothing has to be read again. */
  contradiction(): ImportPlan | null {
    return null;
  }

  private valuesOf(
    { field, index }: AttributeColumn,
    cells: Cell[],
  ): { values: (string | number | null)[]; numeric: boolean } {
    const evidence = noEvidence();
    for (const cell of cells) cellUnits(cell, '.', evidence);
    const mark = this.plan.fixed.decimalMark ? this.plan.marks[index] : (markOf(evidence) ?? this.plan.marks[index]);
    const units = cells.map((cell) => (isMissing(cell) ? null : cellUnits(cell, mark, noEvidence())));
    const filled = units.filter((value) => value !== null);
    const numeric =
      numericFields.includes(field as Field) ||
      (field === null && filled.length > 0 && filled.every((value) => Number.isFinite(value)));
    if (!numeric) return { values: cells.map((cell) => (isMissing(cell) ? null : String(cell))), numeric };
    this.unreadable += filled.filter((value) => !Number.isFinite(value)).length;
    return {
      values: units.map((value) => (value === null || !Number.isFinite(value) ? null : value / unitsPerOne)),
      numeric,
    };
  }

  finish(file: { fileName: string; fileHash: string }): { parsed: ParsedCustomers; notes: Note[] } {
    const rows: ParsedCustomers['rows'] = this.customers.map((customer) => ({ customer, attributes: {} }));
    const numericColumns: ParsedCustomers['numericColumns'] = [];
    this.columns.forEach((column, i) => {
      const { values, numeric } = this.valuesOf(column, this.cells[i]);
      if (numeric) numericColumns.push({ id: column.id, label: column.header });
      values.forEach((value, at) => {
        rows[at].attributes[column.id] = value;
      });
    });
    const notes = this.unreadable > 0 ? [note('attributes-unreadable', { count: this.unreadable }, 'warning')] : [];
    const { read, setAside } = this.account;
    return {
      parsed: { kind: 'customers', ...file, columns: this.plan.headers, read, setAside, rows, numericColumns },
      notes,
    };
  }
}
