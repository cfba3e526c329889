import type { CleaningRules, Day, Money } from '../../../src-shared/domain.ts';
import { defaultRules, lineUse, usesOfFlags } from '../sales/line-mask.ts';
import { dayNumber, dayText, lineFlags } from '../sales/sale-lines.ts';
import { expectedSales, firstDay, lastDay } from './calendar.ts';
import { type DemoCustomer, demoCustomers } from './customers.ts';
import * as parameters from './parameters.ts';
import type { DirtyReason } from './planted.ts';
import { type DemoLine, demoSales } from './sales.ts';

/** What is true of the demo company of a seed: the parameters it was made with, and exact counts of what was made. */
export interface DemoTruth {
  seed: number;
  business: typeof parameters.demoBusiness;
  period: { from: Day; to: Day };
  /** Monday first. */
  openWeekdays: boolean[];
  closedDays: readonly Day[];
  /** Open days of the period. */
  tradingDays: number;
  weekdayFactors: readonly number[];
  monthFactors: readonly number[];
  growthPerYear: number;
  promotions: readonly parameters.Promotion[];
  dayNoise: number;
  /** Mean |expected / actual − 1| of product sales on the open days of the last year: no forecast can do better for long. */
  noiseFloor: number;
  anonymousShare: number;
  sales: {
    read: number;
    kept: number;
    identical: number;
    setAsideByReason: Record<DirtyReason, number>;
    /** Lines and money of each combination of lineFlags, the identical ones included. */
    byFlags: { flags: number; lines: number; money: Money }[];
    /** Lines that count, and what they add up to, under the default cleaning rules. */
    underDefaultRules: { rules: CleaningRules; lines: number; revenue: Money; customers: number; orders: number };
  };
  customers: {
    rows: number;
    withSales: number;
    byType: Record<parameters.CustomerType, number>;
    incomeClusters: { name: string; customers: number; income: number; spendingScore: number }[];
  };
  /** Expected product sales of the 30 days after the period, before returns. */
  next: { day: Day; expected: Money }[];
}

interface Tally {
  read: number;
  byFlags: Map<number, { flags: number; lines: number; money: Money }>;
  orders: Set<string>;
  buyers: Set<string>;
  known: Set<string>;
  /** Product sales before returns by day. */
  daily: Map<string, number>;
}

function addLine(tally: Tally, line: DemoLine, uses: Uint8Array): void {
  const { flags, customer, quantity, price } = line;
  const found = tally.byFlags.get(flags) ?? { flags, lines: 0, money: 0 };
  found.lines++;
  found.money += quantity * price;
  tally.byFlags.set(flags, found);
  if (customer !== '') tally.known.add(customer);
  if (uses[flags] === lineUse.sale) {
    tally.orders.add(line.invoice);
    tally.buyers.add(customer);
  }
  if ((flags & ~lineFlags.unknownCustomer) === 0) {
    const day = line.date.slice(0, 10);
    tally.daily.set(day, (tally.daily.get(day) ?? 0) + quantity * price);
  }
}

function tallySales(seed: number, uses: Uint8Array): Tally {
  const tally: Tally = {
    read: 0,
    byFlags: new Map(),
    orders: new Set(),
    buyers: new Set(),
    known: new Set(),
    daily: new Map(),
  };
  for (const { line, spoiled } of demoSales(seed)) {
    tally.read++;
    if (spoiled === null) addLine(tally, line, uses);
  }
  return tally;
}

function noiseFloor(daily: Map<string, number>): number {
  let sum = 0;
  let days = 0;
  for (let day = lastDay - 364; day <= lastDay; day++) {
    const actual = daily.get(dayText(day));
    if (actual === undefined) continue;
    sum += Math.abs((expectedSales(day) * 10_000) / actual - 1);
    days++;
  }
  return sum / days;
}

function salesTruth({ read, byFlags, orders, buyers }: Tally, uses: Uint8Array): DemoTruth['sales'] {
  const combinations = [...byFlags.values()].sort((a, b) => a.flags - b.flags);
  const identical = combinations.reduce((sum, { flags, lines }) => sum + (flags & lineFlags.identical ? lines : 0), 0);
  const used = combinations.filter(({ flags }) => uses[flags] !== lineUse.out);
  const dirty = Object.values(parameters.dirtyRows).reduce((sum: number, count) => sum + count, 0);
  return {
    read,
    kept: read - dirty - identical,
    identical,
    setAsideByReason: { ...parameters.dirtyRows },
    byFlags: combinations,
    underDefaultRules: {
      rules: defaultRules,
      lines: used.reduce((sum, { lines }) => sum + lines, 0),
      revenue: used.reduce((sum, { money }) => sum + money, 0),
      customers: buyers.size,
      orders: orders.size,
    },
  };
}

function customersTruth(customers: DemoCustomer[], known: Set<string>): DemoTruth['customers'] {
  const byType = Object.fromEntries(
    parameters.customerTypes.map((type) => [type, customers.filter((customer) => customer.type === type).length]),
  ) as DemoTruth['customers']['byType'];
  const incomeClusters = parameters.incomeClusters.map(({ name, income, spendingScore }, cluster) => ({
    name,
    customers: customers.filter((customer) => customer.cluster === cluster).length,
    income: income[0],
    spendingScore: spendingScore[0],
  }));
  return {
    rows: customers.length,
    withSales: customers.filter(({ id }) => known.has(id)).length,
    byType,
    incomeClusters,
  };
}

/** The truth about the demo company of a seed. Makes the sales once to count them (about half a second). */
export function demoTruth(seed: number): DemoTruth {
  const uses = usesOfFlags(defaultRules);
  const tally = tallySales(seed, uses);
  const next = Array.from({ length: 30 }, (_, i) => ({
    day: dayText(lastDay + 1 + i),
    expected: Math.round(expectedSales(lastDay + 1 + i) * 10_000),
  }));
  return {
    seed,
    business: parameters.demoBusiness,
    period: { ...parameters.demoPeriod },
    openWeekdays: parameters.weekdayFactors.map((factor) => factor > 0),
    closedDays: parameters.closedDays.filter((day) => dayNumber(day) >= firstDay && dayNumber(day) <= lastDay),
    tradingDays: tally.daily.size,
    weekdayFactors: parameters.weekdayFactors,
    monthFactors: parameters.monthFactors,
    growthPerYear: parameters.growthPerYear,
    promotions: parameters.promotions,
    dayNoise: parameters.dayNoise,
    noiseFloor: noiseFloor(tally.daily),
    anonymousShare: parameters.anonymousShare,
    sales: salesTruth(tally, uses),
    customers: customersTruth(demoCustomers(seed), tally.known),
    next,
  };
}
