/** A small shop's export with headers in the owner's own words, and what must come out of it. */

const customers = 60;
const days = 460;
const firstDay = Date.UTC(2023, 0, 2);
const dayMs = 86_400_000;

export interface SampleSales {
  csv: string;
  rows: number;
  kept: number;
  setAside: number;
  orders: number;
  customers: number;
  /** Revenue of the good lines, in pence. */
  revenuePence: number;
}

/** Sales on weekdays over 15 months, two unreadable rows at the end; the same on every run. */
export function sampleSales(): SampleSales {
  const lines = ['When;Bill;Who;What;Pieces;Each'];
  let revenuePence = 0;
  let orders = 0;
  const buyers = new Set<number>();
  for (let day = 0; day < days; day++) {
    const date = new Date(firstDay + day * dayMs);
    if (date.getUTCDay() === 0) continue;
    const sales = 2 + ((day * 7) % 4) + (date.getUTCDay() === 6 ? 2 : 0) + Math.round(1.5 * Math.sin(day / 58));
    for (let sale = 0; sale < sales; sale++) {
      orders += 1;
      const who = Math.floor((((day * 31 + sale * 17) % 97) / 97) ** 2 * customers);
      buyers.add(who);
      for (let item = 0; item < 2; item++) {
        const pieces = 1 + ((day + sale * 3 + item) % 5);
        const pence = 250 + ((sale * 13 + item * 29 + who * 7) % 40) * 25;
        revenuePence += pieces * pence;
        const cells = [
          date.toISOString().slice(0, 10),
          `B${String(orders).padStart(5, '0')}`,
          `C${String(who).padStart(3, '0')}`,
          `P${10 + ((sale * 13 + item * 29 + who * 7) % 40)}`,
          pieces,
          (pence / 100).toFixed(2),
        ];
        lines.push(cells.join(';'));
      }
    }
  }
  const kept = lines.length - 1;
  lines.push('not a date;B99998;C001;P10;1;2.50', '2023-05-05;B99999;C001;P10;many;2.50');
  return {
    csv: `${lines.join('\n')}\n`,
    rows: kept + 2,
    kept,
    setAside: 2,
    orders,
    customers: buyers.size,
    revenuePence,
  };
}

/** A long file for cancelling; half a million lines of one shop. */
export function longSales(rows: number): string {
  const parts = ['date,invoice,customer,product,quantity,price\n'];
  for (let row = 0; row < rows; row++) {
    const day = new Date(firstDay + (row % 700) * dayMs).toISOString().slice(0, 10);
    parts.push(`${day},I${row},C${row % 5000},P${row % 300},${1 + (row % 9)},${(row % 500) / 100 + 1}\n`);
  }
  return parts.join('');
}
