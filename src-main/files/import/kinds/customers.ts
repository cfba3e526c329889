import type { CustomerField, Field } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import type { ParsedCustomers } from '../../../engine/sales/parsed-import.ts';
import { isAnonymous, isMissing } from '../column-profile.ts';
import { foldHeader } from '../field-synonyms.ts';
import { type FinishedTable, headerOf, type ImportPlan, note, type TableBuilder } from '../import-plan.ts';
import { cellUnits, markOf, noEvidence, unitsPerOne } from '../number-parsing.ts';
import { Pace, type Pause } from '../pace.ts';
import { RowAccount } from '../set-aside-rows.ts';
import { type Cell, isBlankCell, ownText } from '../table-rows.ts';
import { idText } from '../text-dictionary.ts';

const numericFields: Field[] = ['age', 'income', 'spendingScore'];

/** Columns of a customer table at most: every customer is kept with all of them. */
const mostAttributes = 1024;
/** A header that the file does not have; without anything below it, it is no column. */
const noName = /^Column \d+$/;

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
  /** Number that the next column of a name gets: those below it are taken. */
  const next = new Map<string, number>();
  const columns: AttributeColumn[] = [];
  plan.headers.forEach((header, index) => {
    const field = fieldOf.get(index) ?? null;
    if (field === 'customer') return;
    const base = field ?? featureId(header);
    let id: string = base;
    for (let n = next.get(base) ?? 2; field === null && used.has(id); n++) {
      id = `${base}${n}`;
      next.set(base, n + 1);
    }
    used.add(id);
    columns.push({ index, id, header, field });
  });
  return columns;
}

interface ColumnValues {
  values: (string | number | null)[];
  numeric: boolean;
}

/** Builds the rows of a customer file. Cells stay text until the end, when each column is known to be numeric or not. */
export class CustomerRows implements TableBuilder<ParsedCustomers> {
  private readonly plan: ImportPlan;
  private readonly account = new RowAccount();
  private readonly customers: string[] = [];
  private readonly columns: AttributeColumn[];
  /** By column; a column ends with the last cell that holds anything. */
  private readonly cells: Cell[][];
  private unreadable = 0;

  constructor(plan: ImportPlan) {
    this.plan = plan;
    const named = plan.headers.filter((header) => !noName.test(header)).length;
    if (named > mostAttributes)
      throw new AppError(
        'file-not-understood',
        `The table has ${named} columns, more than the ${mostAttributes} that are kept of a customer. Leave out those that say nothing about customers, or choose another kind of table in the preview.`,
        { columns: named },
      );
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
    const at = this.customers.length - 1;
    this.columns.forEach(({ index }, i) => {
      const found = row[index] ?? '';
      const value = typeof found === 'string' ? ownText(found.trim()) : found;
      if (value === '') return;
      const cells = this.cells[i];
      while (cells.length < at) cells.push('');
      cells.push(value);
    });
  }

  /** Decimal marks are decided here over all rows; nothing has to be read again. */
  contradiction(): ImportPlan | null {
    return null;
  }

  /** The values of one column: numbers where its field or all its cells say so, else texts. */
  private async valuesOf({ field, index }: AttributeColumn, cells: Cell[], pace: Pace): Promise<ColumnValues> {
    const evidence = noEvidence();
    for (const cell of cells) {
      cellUnits(cell, '.', evidence);
      if (pace.due(1)) await pace.pause();
    }
    const mark = this.plan.fixed.decimalMark ? this.plan.marks[index] : (markOf(evidence) ?? this.plan.marks[index]);
    const scratch = noEvidence();
    const values: (number | null)[] = [];
    let filled = 0;
    let unreadable = 0;
    for (const cell of cells) {
      const units = isMissing(cell) ? null : cellUnits(cell, mark, scratch);
      if (units !== null) filled++;
      if (units !== null && !Number.isFinite(units)) unreadable++;
      values.push(units === null || !Number.isFinite(units) ? null : units / unitsPerOne);
      if (pace.due(1)) await pace.pause();
    }
    if (numericFields.includes(field as Field)) this.unreadable += unreadable;
    else if (field !== null || filled === 0 || unreadable > 0)
      return { values: cells.map((cell) => (isMissing(cell) ? null : String(cell))), numeric: false };
    return { values, numeric: true };
  }

  async finish(file: { fileName: string; fileHash: string }, pause: Pause): Promise<FinishedTable<ParsedCustomers>> {
    const pace = new Pace(pause);
    const rows: ParsedCustomers['rows'] = this.customers.map((customer) => ({ customer, attributes: {} }));
    const numericColumns: ParsedCustomers['numericColumns'] = [];
    for (const [i, column] of this.columns.entries()) {
      if (this.cells[i].length === 0 && noName.test(column.header)) continue;
      const { values, numeric } = await this.valuesOf(column, this.cells[i], pace);
      if (numeric) numericColumns.push({ id: column.id, label: column.header });
      for (const [at, row] of rows.entries()) row.attributes[column.id] = values[at] ?? null;
      if (pace.due(rows.length)) await pace.pause();
    }
    const notes = this.unreadable > 0 ? [note('attributes-unreadable', { count: this.unreadable }, 'warning')] : [];
    const { read, setAside } = this.account;
    return {
      parsed: { kind: 'customers', ...file, columns: this.plan.headers, read, setAside, rows, numericColumns },
      notes,
    };
  }
}
