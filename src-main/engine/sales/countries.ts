import { lineUse } from './line-mask.ts';
import type { SaleLines } from './sale-lines.ts';

/** Countries (or regions) by net revenue, highest first; lines without one stand in none. */
export function countryRevenue(
  lines: SaleLines,
  mask: Uint8Array,
  countries: string[],
): { country: string; revenue: number }[] {
  const revenue = new Float64Array(countries.length);
  const sold = new Uint8Array(countries.length);
  for (let i = 0; i < lines.length; i++) {
    if (mask[i] === lineUse.out) continue;
    revenue[lines.country[i]] += lines.amount[i];
    sold[lines.country[i]] = 1;
  }
  const found: { country: string; revenue: number }[] = [];
  for (let id = 1; id < countries.length; id++) {
    if (sold[id] === 1) found.push({ country: countries[id], revenue: revenue[id] });
  }
  return found.sort((a, b) => b.revenue - a.revenue || (a.country < b.country ? -1 : 1));
}
