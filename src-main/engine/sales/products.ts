import { lineUse } from './line-mask.ts';
import type { ProductEntry } from './line-columns.ts';
import type { SaleLines } from './sale-lines.ts';

/** Products as people know them: one per code, however many descriptions it was sold under. */
export interface ProductCatalogue {
  /** [entries] dictionary entry → product; 0 where neither code nor description is known. */
  productOf: Uint32Array;
  /** The code, or the description where the file has no code. Index 0 is ''. */
  codes: string[];
  /** The most frequent description that is not empty, trimmed. */
  descriptions: string[];
}

/** Joins the dictionary's (code, description, category) entries into products. O(lines). */
export function productCatalogue(lines: SaleLines, entries: ProductEntry[]): ProductCatalogue {
  const frequency = new Uint32Array(entries.length);
  for (let i = 0; i < lines.length; i++) frequency[lines.product[i]]++;
  const codes = [''];
  const ids = new Map<string, number>([['', 0]]);
  const productOf = Uint32Array.from(entries, ({ code, description }) => {
    const key = code || description.trim();
    let id = ids.get(key);
    if (id === undefined) {
      id = codes.push(key) - 1;
      ids.set(key, id);
    }
    return id;
  });
  return { productOf, codes, descriptions: commonDescriptions(entries, productOf, frequency, codes.length) };
}

function commonDescriptions(
  entries: ProductEntry[],
  productOf: Uint32Array,
  frequency: Uint32Array,
  products: number,
): string[] {
  const counted = Array.from({ length: products }, () => new Map<string, number>());
  entries.forEach(({ description }, entry) => {
    const text = description.trim();
    const counts = counted[productOf[entry]];
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + frequency[entry]);
  });
  return counted.map((counts) => {
    let best = '';
    let most = -1;
    for (const [text, count] of counts) {
      if (count > most) {
        best = text;
        most = count;
      }
    }
    return best;
  });
}

export interface ProductFigures {
  product: string;
  description: string;
  revenue: number;
  units: number;
}

/**
 * Products by net revenue, highest first; lines without a product stand in none.
 * @param limit how many to answer
 */
export function topProducts(
  lines: SaleLines,
  mask: Uint8Array,
  catalogue: ProductCatalogue,
  limit: number,
): ProductFigures[] {
  const { productOf, codes, descriptions } = catalogue;
  const revenue = new Float64Array(codes.length);
  const units = new Float64Array(codes.length);
  const sold = new Uint8Array(codes.length);
  for (let i = 0; i < lines.length; i++) {
    if (mask[i] === lineUse.out) continue;
    const product = productOf[lines.product[i]];
    revenue[product] += lines.amount[i];
    units[product] += lines.quantity[i];
    sold[product] = 1;
  }
  const found: number[] = [];
  for (let product = 1; product < codes.length; product++) if (sold[product] === 1) found.push(product);
  found.sort((a, b) => revenue[b] - revenue[a] || (codes[a] < codes[b] ? -1 : 1));
  return found.slice(0, limit).map((product) => ({
    product: codes[product],
    description: descriptions[product],
    revenue: revenue[product],
    units: units[product],
  }));
}
