import type { Field, FieldOf } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import type { CustomerRow, ParsedRows } from '../../../engine/sales/parsed-import.ts';
import { type ColumnProfile, isAnonymous, isMissing } from '../column-profile.ts';
import { assignByHeader, isNumbers, unused } from '../field-candidates.ts';
import { headerScore } from '../header-score.ts';
import { foldHeader } from '../header-words.ts';
import { type FinishedTable, headerOf, type ImportPlan, note, type TableBuilder } from '../import-plan.ts';
import { cellUnits, markOf, noEvidence, unitsPerOne } from '../number-parsing.ts';
import { Pace, type Pause } from '../pace.ts';
import { RowAccount } from '../set-aside-rows.ts';
import { type Cell, ownText } from '../table-rows.ts';
import { idText } from '../text-dictionary.ts';
import { salesSynonyms } from './sales.ts';
import type { Proposal, TableKindDefinition } from './table-kind.ts';

type CustomerField = FieldOf<'customers'>;

const numericFields: Field[] = ['age', 'income', 'spendingScore'];

/** Columns of a customer table at most: every customer is kept with all of them. */
const mostAttributes = 1024;
/** A header that the file does not have; without anything below it, it is no column. */
const noName = /^Column \d+$/;

/** 'Total day charge' → 'totalDayCharge'. */
function featureId(header: string): string {
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
class CustomerRows implements TableBuilder<ParsedRows<CustomerRow>> {
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
    if (!this.account.takes(cell, row, headers, sheet, number)) return;
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

  async finish(
    file: { fileName: string; fileHash: string },
    pause: Pause,
  ): Promise<FinishedTable<ParsedRows<CustomerRow>>> {
    const pace = new Pace(pause);
    const rows: CustomerRow[] = this.customers.map((customer) => ({ customer, attributes: {} }));
    const numericColumns: { id: string; label: string }[] = [];
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
      parsed: {
        kind: 'customers',
        ...file,
        columns: this.plan.headers,
        read,
        setAside,
        rows,
        repeats: 'once',
        days: null,
        customers: this.customers,
        details: { numericColumns },
      },
      notes,
    };
  }
}

const customerSynonyms: Record<CustomerField, string> = {
  customer: salesSynonyms.customer
    .replace(/\|(customer name|client name|buyer name|billing name|full name|company|phone)(?=\|)/g, '')
    .concat('|id|no|nr|number|index'),
  name: `name|customer name|full name|client name|display name|company|company name|kundenname|firma|nom|nom client|nom du client|raison sociale|nombre|nombre cliente|nome|nome cliente|ragione sociale|nome do cliente|naam|klantnaam|bedrijf|last name|surname|nachname|first name|vorname`,
  gender: `gender|sex|genre|geschlecht|sexe|sexo|genero|sesso|geslacht`,
  age: `age|age years|customer age|alter|lebensalter|edad|eta|idade|leeftijd|age in years`,
  income: `annual income|annual income k|income|yearly income|salary|household income|annual salary|income k|jahreseinkommen|einkommen|gehalt|revenu annuel|revenu|salaire|ingresos anuales|ingresos|ingreso anual|renta|salario|reddito annuale|reddito|reddito annuo|renda anual|renda|rendimento|jaarinkomen|inkomen`,
  spendingScore: `spending score|spending score 1 100|spend score|spendingscore|spending|ausgabenscore|ausgaben score|score de depense|score de depenses|puntuacion de gasto|punteggio di spesa|pontuacao de gastos|bestedingsscore|score`,
};

const words = {
  synonyms: customerSynonyms,
  tests: {
    income: isNumbers,
    spendingScore: isNumbers,
    age: (column: ColumnProfile) => column.numbers >= 0.5 && column.dates < 0.5,
  },
};

async function proposeCustomers(
  columns: readonly ColumnProfile[],
  _headerless: boolean,
  pace: Pace,
): Promise<Proposal> {
  const mapping = await assignByHeader(columns, words, pace);
  if (mapping.customer !== undefined) return { mapping, guessed: [] };
  const unique = unused(columns, mapping).find(
    (column) => column.distinct === column.filled && column.integers >= 0.99,
  );
  if (!unique) return { mapping, guessed: [] };
  mapping.customer = unique.index;
  return { mapping, guessed: ['customer'] };
}

const demographic: CustomerField[] = ['gender', 'age', 'income', 'spendingScore'];
const saleWords: FieldOf<'sales'>[] = ['product', 'description', 'quantity', 'price', 'invoice'];

/** A customer table: each customer once, with what is known of them; every column without a field is kept as well. */
export const customersKind: TableKindDefinition = {
  ...words,
  dates: [],
  numbers: [],
  asked: { customer: 'a customer' },
  missing: (mapping) => (mapping.customer === undefined ? ['customer'] : []),
  propose: proposeCustomers,
  isOne(columns, proposals) {
    const sales = proposals.sales?.mapping ?? {};
    const customers = proposals.customers?.mapping ?? {};
    const known = demographic.filter((field) => customers[field] !== undefined).length;
    const key = customers.customer === undefined ? null : columns[customers.customer];
    const oneRowEach = key !== null && key.distinct >= key.filled * 0.98;
    const saleFields = saleWords.filter(
      (field) => sales[field] !== undefined && sales[field] !== customers.customer && sales[field] !== customers.name,
    );
    const dateNamed = columns.some(({ folded }) => headerScore(folded, salesSynonyms.date) >= 70);
    if (sales.date === undefined && !dateNamed && key !== null && (known > 0 || oneRowEach)) return true;
    return oneRowEach && known > 0 && saleFields.length === 0;
  },
  builder: (plan) => new CustomerRows(plan),
};
