import type { Note } from '../../../../src-shared/domain.ts';
import type { ParsedRows, SeriesPoint } from '../../../engine/sales/parsed-import.ts';
import { dayOf } from '../../../engine/sales/sale-lines.ts';
import { isMissing } from '../column-profile.ts';
import { contradictedOrder } from '../date-order.ts';
import { DateReader } from '../date-parsing.ts';
import { isDates, isNumbers } from '../field-candidates.ts';
import { headerOf, type ImportPlan, note, type TableBuilder } from '../import-plan.ts';
import { cellUnits, markOf, noEvidence } from '../number-parsing.ts';
import { RowAccount } from '../set-aside-rows.ts';
import type { Cell } from '../table-rows.ts';
import { salesSynonyms } from './sales.ts';
import type { TableKindDefinition } from './table-kind.ts';

/** Builds an already-summed series: one day (or first day of a month) and amount per row. */
class SeriesRows implements TableBuilder<ParsedRows<SeriesPoint>> {
  private readonly plan: ImportPlan;
  private readonly account = new RowAccount();
  private readonly dates: DateReader;
  private readonly evidence = noEvidence();
  private readonly days: number[] = [];
  private readonly daysSeen = new Set<number>();
  private readonly amounts: number[] = [];

  constructor(plan: ImportPlan) {
    this.plan = plan;
    this.dates = new DateReader(plan.dateOrder, plan.dateStyle, true);
  }

  get read(): number {
    return this.account.read;
  }

  endSheet(): void {
    this.account.endSheet();
  }

  add(row: Cell[], sheet: string, number: number): void {
    const { headers, mapping, marks } = this.plan;
    const date = row[mapping.date ?? -1];
    const cell = row[mapping.amount ?? -1];
    if (!this.account.takes(date, row, headers, sheet, number)) return;
    const seconds = this.dates.parse(date ?? '');
    if (Number.isNaN(seconds)) {
      this.account.aside(
        isMissing(date) ? 'date-missing' : 'date-invalid',
        headerOf(this.plan, 'date'),
        date,
        row,
        sheet,
        number,
      );
      return;
    }
    const amount = isMissing(cell) ? Number.NaN : cellUnits(cell as Cell, marks[mapping.amount ?? 0], this.evidence);
    if (Number.isFinite(amount)) {
      const day = dayOf(seconds);
      this.days.push(day);
      this.daysSeen.add(day);
      this.amounts.push(amount);
    } else {
      const reason = isMissing(cell) ? 'amount-missing' : Number.isNaN(amount) ? 'amount-invalid' : 'number-too-large';
      this.account.aside(reason, headerOf(this.plan, 'amount'), cell, row, sheet, number);
    }
  }

  contradiction(): ImportPlan | null {
    const { plan } = this;
    const changed: Partial<ImportPlan> = {};
    const order = plan.fixed.dateOrder ? null : contradictedOrder(this.dates.evidence, plan.dateOrder);
    if (order) changed.dateOrder = order;
    const mark = plan.fixed.decimalMark ? null : markOf(this.evidence);
    const at = plan.mapping.amount ?? 0;
    if (mark && mark !== plan.marks[at]) changed.marks = plan.marks.map((old, i) => (i === at ? mark : old));
    return Object.keys(changed).length > 0 ? { ...plan, ...changed } : null;
  }

  finish(file: { fileName: string; fileHash: string }): { parsed: ParsedRows<SeriesPoint>; notes: Note[] } {
    const { read, setAside } = this.account;
    const { evidence } = this.dates;
    const notes: Note[] = [];
    if (evidence.monthOnly > 0) notes.push(note('months-as-first-day', { column: headerOf(this.plan, 'date') }));
    const repeated = this.days.length - this.daysSeen.size;
    if (repeated > 0) notes.push(note('dates-summed', { count: repeated }));
    if (this.evidence.rounded > 0)
      notes.push(note('numbers-rounded', { column: headerOf(this.plan, 'amount'), count: this.evidence.rounded }));
    if (evidence.either > 0 && evidence.dayFirst + evidence.monthFirst === 0 && !this.plan.dateOrderSure) {
      notes.push(
        note('date-order-assumed', { column: headerOf(this.plan, 'date'), order: this.plan.dateOrder }, 'warning'),
      );
    }
    const points = this.days.map((day, i): SeriesPoint => ({ day, amount: this.amounts[i] }));
    const parsed: ParsedRows<SeriesPoint> = {
      kind: 'series',
      ...file,
      columns: this.plan.headers,
      read,
      setAside,
      rows: points,
      repeats: 'each',
      days: this.days,
      customers: null,
      details: {},
    };
    return { parsed, notes };
  }
}

const fields = ['date', 'amount'] as const;

/** Sums by day, week or month: a date that stands in few rows, an amount, and nothing else. */
export const seriesKind: TableKindDefinition = {
  synonyms: { date: salesSynonyms.date, amount: salesSynonyms.amount },
  tests: { date: isDates, amount: isNumbers },
  dates: ['date'],
  numbers: ['amount'],
  asked: { date: 'a date', amount: 'an amount (or quantity and price)' },
  missing: (mapping) => fields.filter((field) => mapping[field] === undefined),
  propose(_columns, _headerless, _pace, { sales }) {
    const { mapping = {}, guessed = [] } = sales ?? {};
    const amount = mapping.amount ?? mapping.quantity ?? mapping.price;
    return {
      mapping: {
        ...(mapping.date === undefined ? {} : { date: mapping.date }),
        ...(amount === undefined ? {} : { amount }),
      },
      guessed: guessed.filter((field) => field === 'date' || field === 'amount'),
    };
  },
  isOne(columns, { sales }) {
    const { date, amount, ...others } = sales?.mapping ?? {};
    if (date === undefined || amount === undefined || Object.keys(others).length > 0) return false;
    const dates = columns[date];
    const clock = dates.cells.some(
      (cell) => typeof cell === 'string' && /\d:\d\d/.test(cell) && !/\b00?:00(:00)?\b/.test(cell),
    );
    return !clock && dates.distinct * 1.5 >= dates.filled;
  },
  builder: (plan) => new SeriesRows(plan),
};
