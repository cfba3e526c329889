import {
  type EventKind,
  type EventRow,
  type FieldOf,
  longestEventName,
  type SetAsideReason,
} from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import type { ParsedEvents } from '../../../engine/sales/parsed-import.ts';
import { dayNumber, dayOf, dayText } from '../../../engine/sales/sale-lines.ts';
import { longestYearly } from '../../../engine/series/occasions.ts';
import { contradictedOrder } from '../date-order.ts';
import { DateReader } from '../date-parsing.ts';
import { assignByHeader, isDates } from '../field-candidates.ts';
import { foldHeader } from '../header-words.ts';
import { type FinishedTable, headerOf, type ImportPlan, type TableBuilder } from '../import-plan.ts';
import { RowAccount } from '../set-aside-rows.ts';
import { type Cell, isBlankCell } from '../table-rows.ts';
import type { TableKindDefinition } from './table-kind.ts';

type EventField = FieldOf<'events'>;

const kindWords: Record<EventKind, string> = {
  promotion:
    'promotion|promo|promotions|sale|sales|discount|offer|campaign|action|advertising|marketing|coupon|aktion|rabatt|angebot|werbung|kampagne|promocion|oferta|descuento|promozione|offerta|sconto|remise|solde|soldes|publicite|korting|aanbieding',
  special:
    'special|special day|event|holiday|public holiday|feast|fair|market|festival|fete|other|feiertag|fest|messe|markt|besonderer tag|veranstaltung|evenement|jour ferie|fiesta|festivo|feria|evento|festa|fiera|feestdag',
  closed:
    'closed|closure|close|shut|shutdown|vacation|not open|geschlossen|zu|urlaub|betriebsferien|schliessung|ferme|fermeture|conges|cerrado|cierre|vacaciones|chiuso|chiusura|ferie|fechado|gesloten',
};
const kinds = new Map(
  Object.entries(kindWords).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as EventKind])),
);

const yes = new Set('yes|y|true|1|x|ja|j|oui|o|si|s|sim|every year|yearly|annual|annually|jahrlich|wahr'.split('|'));
const no = new Set('no|n|false|0|nein|non|nao|nee|never|once|einmal|falsch'.split('|'));

/** A row that is no event: why, and the cell that says so. */
interface Refusal {
  reason: SetAsideReason;
  field: EventField;
}
const refused = (reason: SetAsideReason, field: EventField): Refusal => ({ reason, field });

/** Builds events row by row. A missing last day is the first day, a missing kind a special day. */
class EventRows implements TableBuilder<ParsedEvents> {
  private readonly plan: ImportPlan;
  private readonly account = new RowAccount();
  private readonly dates: DateReader;
  private readonly rows: EventRow[] = [];
  /** The first date that was read, to show what is doubtful. */
  private firstDate: Cell = '';

  constructor(plan: ImportPlan) {
    this.plan = plan;
    this.dates = new DateReader(plan.dateOrder, plan.dateStyle);
  }

  get read(): number {
    return this.account.read;
  }

  endSheet(): void {
    this.account.endSheet();
  }

  add(row: Cell[], sheet: string, number: number): void {
    const { headers, mapping } = this.plan;
    if (!this.account.takes(row[mapping.name ?? -1], row, headers, sheet, number)) return;
    const event = this.eventOf(row);
    if ('name' in event) {
      this.rows.push(event);
      return;
    }
    const { reason, field } = event;
    this.account.aside(reason, headerOf(this.plan, field), row[mapping[field] ?? -1], row, sheet, number);
  }

  private dayIn(cell: Cell): string | null {
    if (this.firstDate === '') this.firstDate = cell;
    const seconds = this.dates.parse(cell);
    return Number.isNaN(seconds) ? null : dayText(dayOf(seconds));
  }

  /** One row as an event, or the reason why it is none. */
  private eventOf(row: Cell[]): EventRow | Refusal {
    const cell = (field: EventField): Cell => row[this.plan.mapping[field] ?? -1] ?? '';
    const folded = (field: EventField): string => foldHeader(String(cell(field)));
    const name = String(cell('name')).replace(/\s+/g, ' ').trim();
    if (name === '') return refused('name-missing', 'name');
    if (name.length > longestEventName) return refused('name-too-long', 'name');
    if (isBlankCell(cell('from'))) return refused('date-missing', 'from');
    const from = this.dayIn(cell('from'));
    if (from === null) return refused('date-invalid', 'from');
    const to = isBlankCell(cell('to')) ? from : this.dayIn(cell('to'));
    if (to === null) return refused('date-invalid', 'to');
    if (to < from) return refused('to-before-from', 'to');
    const kind = isBlankCell(cell('kind')) ? 'special' : kinds.get(folded('kind'));
    if (kind === undefined) return refused('kind-unknown', 'kind');
    const everyYear = !isBlankCell(cell('everyYear')) && yes.has(folded('everyYear'));
    if (!everyYear && !isBlankCell(cell('everyYear')) && !no.has(folded('everyYear')))
      return refused('every-year-unknown', 'everyYear');
    if (everyYear && dayNumber(to) - dayNumber(from) >= longestYearly) return refused('yearly-too-long', 'to');
    return { name, kind, from, to, everyYear };
  }

  contradiction(): ImportPlan | null {
    const { plan } = this;
    const order = plan.fixed.dateOrder ? null : contradictedOrder(this.dates.evidence, plan.dateOrder);
    return order ? { ...plan, dateOrder: order } : null;
  }

  /** @throws AppError 'file-not-understood' where every date could be day first or month first: a wrong day is not seen later */
  finish(file: { fileName: string; fileHash: string }): FinishedTable<ParsedEvents> {
    const { either, dayFirst, monthFirst } = this.dates.evidence;
    if (either > 0 && dayFirst + monthFirst === 0 && !this.plan.dateOrderSure)
      throw new AppError(
        'file-not-understood',
        `The dates of ${file.fileName} can be read day first or month first, such as “${this.firstDate}”. Choose the order in the preview, or write them as 2024-12-31.`,
        { fileName: file.fileName },
      );
    const { read, setAside } = this.account;
    return {
      parsed: { kind: 'events', ...file, columns: this.plan.headers, read, setAside, rows: this.rows },
      notes: [],
    };
  }
}

const synonyms: Record<EventField, string> = {
  name: 'name|event|event name|title|description|what|occasion|promotion|holiday|label|bezeichnung|titel|beschreibung|anlass|aktion|nom|evenement|libelle|nombre|evento|titolo|nome|naam|omschrijving',
  from: 'from|start|start date|from date|begin|begins|date|day|first day|starts|von|beginn|start datum|startdatum|datum|tag|du|debut|date de debut|desde|inicio|fecha|fecha inicio|da|inizio|data|de|van|begindatum',
  to: 'to|end|end date|to date|until|till|last day|ends|through|bis|ende|enddatum|au|fin|date de fin|hasta|fecha fin|fine|ate|fim|tot|einde|einddatum',
  kind: 'kind|type|category|sort|art|typ|kategorie|genre|tipo|categoria|soort',
  everyYear:
    'every year|everyyear|yearly|annual|annually|each year|repeats|repeat|recurring|again|jahrlich|jaehrlich|jedes jahr|wiederholt|chaque annee|annuel|cada ano|anual|ogni anno|annuale|elk jaar|jaarlijks',
};

const words = { synonyms, tests: { from: isDates, to: isDates } };

/** Dates of the calendar: promotions, special days, closures, each with a name and a first day. */
export const eventsKind: TableKindDefinition = {
  ...words,
  dates: ['from', 'to'],
  numbers: [],
  asked: { name: 'the name of an event', from: 'the first day of an event' },
  missing: (mapping) => (['name', 'from'] as const).filter((field) => mapping[field] === undefined),
  propose: async (columns, _headerless, pace) => ({ mapping: await assignByHeader(columns, words, pace), guessed: [] }),
  /** A name and a day alone may be many things: only kinds of events, or a last day without any money, make it one. */
  isOne(columns, proposals) {
    const { name, from, to, kind } = proposals.events?.mapping ?? {};
    if (name === undefined || from === undefined) return false;
    const { date: _date, description: _description, category: _category, ...sold } = proposals.sales?.mapping ?? {};
    if (Object.keys(sold).length > 0) return false;
    if (kind === undefined) return to !== undefined;
    const told = columns[kind].cells.filter((cell) => !isBlankCell(cell));
    return told.length > 0 && told.filter((cell) => kinds.has(foldHeader(String(cell)))).length * 2 > told.length;
  },
  builder: (plan) => new EventRows(plan),
};
