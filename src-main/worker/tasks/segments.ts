/** What the profile cards and the personas need from the sale lines and the customer files. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type {
  Day,
  Filter,
  LifetimeValue,
  Money,
  Note,
  Persona,
  RfmSummary,
  SegmentProfile,
  SegmentProfiles,
  TargetList,
  ValueRow,
} from '../../../src-shared/domain.ts';
import { personaIds, segmentIds } from '../../../src-shared/domain.ts';
import { type PersonaTable, personaCuts, personaOf, personaRule } from '../../engine/customers/personas.ts';
import {
  type DescribingColumn,
  demographicsOf,
  describingColumns,
  priorities,
  segmentBounds,
  typicalCustomer,
} from '../../engine/customers/segment-profiles.ts';
import { targetNotes, targetRows } from '../../engine/customers/targets.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import { requireSales, type ScoredCustomers, scoredCustomers, withoutSegments } from '../figures.ts';
import type { Session } from '../session.ts';
import { getPlaybook } from './playbook.ts';
import { sellersOfSegments } from './products.ts';

const topProductCount = 5;
const topCountryCount = 3;

/** The part of a profile that the sale lines and the customer files tell. */
type SegmentFacts = Pick<SegmentProfile, 'id' | 'typical' | 'topProducts' | 'topCountries' | 'demographics' | 'bounds'>;

interface People {
  scored: ScoredCustomers;
  columns: DescribingColumn[];
  /** [rows] what the customer files say of each. */
  attributes: (Record<string, string | number | null> | undefined)[];
}

function peopleUnder(session: Session, filter: Filter): People {
  const scored = scoredCustomers(session, filter);
  const { attributes, numericColumns } = session.customerFile;
  const { customers } = session.sales.dictionaries;
  return {
    scored,
    columns: describingColumns(numericColumns, attributes.values()),
    attributes: Array.from(scored.totals.ids, (id) => attributes.get(customers[id])),
  };
}

/** Countries by customers, the commonest first; customers without one count in the share's base. */
function topCountries(session: Session, ids: Uint32Array, rows: number[]): SegmentFacts['topCountries'] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const country = session.mainCountries[ids[row]];
    if (country !== 0) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  const names = session.sales.dictionaries.countries;
  return [...counts]
    .map(([country, customers]) => ({ country: names[country], customers, share: customers / rows.length }))
    .sort((x, y) => y.customers - x.customers || (x.country < y.country ? -1 : 1))
    .slice(0, topCountryCount);
}

function segmentFacts(session: Session, filter: Filter, { scored, columns, attributes }: People): SegmentFacts[] {
  const { totals, scores } = scored;
  const rowsOf: number[][] = segmentIds.map(() => []);
  for (let row = 0; row < totals.ids.length; row++) rowsOf[scores.segment[row]].push(row);
  const sellers = sellersOfSegments(session, filter);
  const { codes, descriptions } = session.catalogue;
  return segmentIds.map((id, index) => {
    const rows = rowsOf[index];
    const products = rows.length === 0 ? [] : sellers[index].products.slice(0, topProductCount);
    return {
      id,
      typical: typicalCustomer(totals, rows),
      topProducts: products.map(({ product, revenue, share }) => ({
        product: codes[product],
        description: descriptions[product],
        revenue,
        share,
      })),
      topCountries: topCountries(session, totals.ids, rows),
      demographics: demographicsOf(
        columns,
        rows.map((row) => attributes[row]),
      ),
      bounds: segmentBounds(id),
    };
  });
}

const incomeOf = (attributes: Record<string, string | number | null> | undefined): number | null =>
  typeof attributes?.income === 'number' ? attributes.income : null;

function personaTable({ scored, attributes }: People): PersonaTable {
  const { totals, asOf } = scored;
  return {
    recencyDays: totals.recencyDays,
    frequency: totals.frequency,
    monetary: totals.monetary,
    ageDays: totals.firstDay.map((day) => asOf - day),
    income: attributes.map(incomeOf),
  };
}

/** Limits come from all customers, so that choosing a segment moves nobody into another persona. */
function personasOf(session: Session, filter: Filter, people: People): Persona[] {
  const whole = filter.segments?.length ? peopleUnder(session, withoutSegments(filter)) : people;
  const cuts = personaCuts(personaTable(whole), whole.scored.scores.cuts);
  const table = personaTable(people);
  const rowsOf: number[][] = personaIds.map(() => []);
  const { monetary } = people.scored.totals;
  for (let row = 0; row < monetary.length; row++) rowsOf[personaOf(table, row, cuts)].push(row);
  const hasIncome = session.customerFile.numericColumns.some(({ id }) => id === 'income');
  return personaIds.map((id, index) => {
    const rows = rowsOf[index];
    const revenue: Money = rows.reduce((sum, row) => sum + monetary[row], 0);
    return {
      id,
      customers: rows.length,
      customerShare: rows.length / monetary.length,
      revenue,
      averageRevenue: rows.length ? Math.round(revenue / rows.length) + 0 : 0,
      ...personaRule(id, cuts, hasIncome),
      demographics: demographicsOf(
        people.columns,
        rows.map((row) => people.attributes[row]),
      ),
    };
  });
}

/** Customers of the files without a line, and customers with lines none of which is a purchase, under no filter. */
function outsiders(session: Session): { prospects: number; unknown: number } {
  const known = new Set(session.sales.dictionaries.customers.slice(1));
  let prospects = 0;
  for (const customer of session.customerFile.attributes.keys()) if (!known.has(customer)) prospects++;
  return { prospects, unknown: known.size - scoredCustomers(session, {}).totals.ids.length };
}

interface Facts {
  asOf: Day;
  segments: SegmentFacts[];
  personas: Persona[];
}

function factsUnder(session: Session, filter: Filter): Facts {
  return session.remembered(`segment facts ${JSON.stringify(filter)}`, () => {
    const people = peopleUnder(session, filter);
    return {
      asOf: dayText(people.scored.asOf),
      segments: segmentFacts(session, filter, people),
      personas: personasOf(session, filter, people),
    };
  });
}

/** A segment above this mean risk is most likely gone: what is at stake is only saved by winning customers back. */
const goneRisk = 0.9;

/** What the profiles are put together from. */
interface ProfilesInput {
  filter: Filter;
  horizonDays: number;
  rfm: RfmSummary;
  /** null where lifetime value was refused, for this reason. */
  segments: LifetimeValue['segments'] | null;
  reason: string | null;
}

/** Value, risk and what is at stake; a segment without customers has nothing to predict. */
function moneyOf(customers: number, value: LifetimeValue['segments'][number] | undefined) {
  if (customers === 0 || !value) return { predicted: null, ifKept: null, risk: null, atStake: null };
  const { predicted, ifKept, atStake, meanChurn } = value;
  return { predicted, ifKept, risk: meanChurn, atStake };
}

/**
 * Profile cards in the order of the segments, and personas.
 * @throws AppError 'no-data' without sales or without a customer under the filter
 */
export function profilesOf(session: Session, input: ProfilesInput): SegmentProfiles {
  requireSales(session);
  const { filter, horizonDays, rfm, segments, reason } = input;
  const { asOf, segments: facts, personas } = factsUnder(session, filter);
  const playbook = getPlaybook(session);
  const money = rfm.segments.map(({ id, customers }) =>
    moneyOf(
      customers,
      segments?.find(({ segment }) => segment === id),
    ),
  );
  const ranks = priorities(money.map(({ atStake }) => atStake));
  const profiles = rfm.segments.map((group, index) => ({
    ...group,
    ...facts[index],
    ...money[index],
    priority: ranks[index],
    playbook: playbook[index],
  }));
  const notes: Note[] = [];
  if (reason !== null) notes.push({ code: 'profiles-without-value', level: 'warning', params: { reason } });
  const gone = profiles.filter(({ risk, revenue }) => risk !== null && risk >= goneRisk && revenue > 0);
  if (gone.length > 0) {
    const revenue = gone.reduce((sum, one) => sum + one.revenue, 0);
    const names = gone.map((one) => one.playbook.name).join(', ');
    notes.push({ code: 'profiles-gone', level: 'info', params: { names, pastMoney: revenue, riskShare: goneRisk } });
  }
  return { asOf, horizonDays, profiles, personas, ...outsiders(session), notes };
}

/** One page of the target list; totals and notes speak of the whole list. */
export function targetsOf(
  session: Session,
  { values, input }: { values: ValueRow[]; input: Parsed<'segments.targets'> },
): TargetList {
  const { size, control, seed, offset, limit } = input;
  const rows = targetRows(values, getPlaybook(session), { size, control, seed });
  const held = rows.filter(({ group }) => group === 'control').length;
  return {
    total: rows.length,
    contact: rows.length - held,
    control: held,
    value: rows.reduce((sum, row) => sum + row.value, 0),
    atStake: rows.reduce((sum, row) => sum + row.atStake, 0),
    offset,
    rows: rows.slice(offset, offset + limit),
    notes: targetNotes(rows, control),
  };
}
