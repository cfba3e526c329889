import { demoBusiness } from './parameters.ts';
import type { DemoTruth } from './truth.ts';

const money = (units: number): string => (units / 10_000).toFixed(2);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const table = (rows: (string | number)[][]): string[] => rows.map((cells) => `| ${cells.join(' | ')} |\n`);
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function parameterLines(truth: DemoTruth): string[] {
  return [
    '\n## What it was made with\n\n',
    'Expected sales of a day = level × growth × weekday × season × promotion; the days differ from it by chance only.\n\n',
    `- Growth ${percent(truth.growthPerYear)} a year; season of January to December (middle of each month): ${truth.monthFactors.join(', ')}.\n`,
    `- Weekdays: ${truth.weekdayFactors.map((factor, i) => `${weekdays[i]} ${factor === 0 ? 'closed' : factor}`).join(', ')}; closed on ${truth.closedDays.length} holidays; ${truth.tradingDays} trading days.\n`,
    `- Chance: a day's product sales differ from their expected value by ${percent(truth.noiseFloor)} on average (last year). No daily forecast can do better for long.\n`,
    `- ${percent(truth.anonymousShare)} of orders have no customer.\n\n`,
    ...table([
      ['promotion', 'from', 'to', 'discount', 'sales times'],
      ['---', '---', '---', '---', '---'],
    ]),
    ...table(truth.promotions.map(({ name, from, to, discount, lift }) => [name, from, to, percent(discount), lift])),
  ];
}

function countLines({ sales }: DemoTruth): string[] {
  const { lines, revenue, customers, orders, rules } = sales.underDefaultRules;
  return [
    '\n## What an import must find\n\n',
    `- sales.csv: ${sales.read} rows read = ${sales.kept} kept + ${sales.read - sales.kept - sales.identical} set aside + ${sales.identical} identical.\n`,
    `- Set aside: ${Object.entries(sales.setAsideByReason)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ')}.\n`,
    `- Under the default rules (${Object.entries(rules)
      .map(([rule, choice]) => `${rule} ${choice}`)
      .join(', ')}): ${lines} lines, ${customers} customers, ${orders} orders, revenue ${money(revenue)}.\n`,
  ];
}

function customerLines({ customers }: DemoTruth): string[] {
  return [
    '\n## Customers\n\n',
    `${customers.rows} rows in customers.csv, ${customers.withSales} of them in sales.csv. `,
    `Types: ${Object.entries(customers.byType)
      .map(([type, count]) => `${type} ${count}`)
      .join(', ')}.\n\n`,
    ...table([
      ['group in (income, spending score)', 'customers', 'mean income', 'mean score'],
      ['---', '---', '---', '---'],
    ]),
    ...table(
      customers.incomeClusters.map(({ name, customers: count, income, spendingScore }) => [
        name,
        count,
        income,
        spendingScore,
      ]),
    ),
  ];
}

/** The demo company's README: what was planted, so that a reader can compare what Salescope finds with the truth. */
export function demoReadme(truth: DemoTruth): string[] {
  return [
    `# ${demoBusiness.name} – the demo company\n\n`,
    `A made-up homeware shop, ${truth.period.from} to ${truth.period.to}, amounts in ${demoBusiness.currency}. Made by Salescope's own generator with seed ${truth.seed}; no person or firm is real. truth.json holds the same facts for programs.\n`,
    ...parameterLines(truth),
    ...countLines(truth),
    ...customerLines(truth),
  ];
}
