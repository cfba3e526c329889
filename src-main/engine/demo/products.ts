import { createRng, type Rng } from '../numeric/rng.ts';

export interface DemoProduct {
  code: string;
  description: string;
  category: string;
  /** In 1/10 000 currency unit; whole cents. */
  price: number;
  cost: number;
  /** How often it is bought, relative to the others. */
  weight: number;
}

export interface DemoStock {
  product: DemoProduct;
  onHand: number;
  leadTimeDays: number;
  packSize: number;
}

interface Range {
  category: string;
  prefix: string;
  /** Description and price of the plain variant, in currency units. */
  items: [string, number][];
  variants: [string, number][];
}

const ranges: Range[] = [
  {
    category: 'Kitchen',
    prefix: 'KI',
    items: [
      ['Stoneware mug', 9.5],
      ['Oak chopping board', 24],
      ['Linen tea towel', 7.95],
      ['Glass storage jar', 8.5],
      ['Enamel milk jug', 16.5],
      ['Salad servers', 14],
      ['Pepper mill', 27.5],
    ],
    variants: [
      ['white', 1],
      ['sage', 1],
      ['large', 1.4],
    ],
  },
  {
    category: 'Candles',
    prefix: 'CA',
    items: [
      ['Scented candle', 14.95],
      ['Tea lights, 12 pieces', 5.5],
      ['Beeswax pillar', 11],
      ['Dinner candles, pair', 6.75],
      ['Brass candlestick', 19.5],
      ['Glass lantern', 24],
    ],
    variants: [
      ['amber', 1],
      ['cedar', 1],
      ['fig', 1],
    ],
  },
  {
    category: 'Textiles',
    prefix: 'TE',
    items: [
      ['Wool throw', 36],
      ['Cushion cover', 18.5],
      ['Cotton rug', 32],
      ['Linen napkins, set of 4', 22],
      ['Bath towel', 19],
      ['Bed linen set', 44],
    ],
    variants: [
      ['natural', 1],
      ['slate', 1],
      ['ochre', 1],
    ],
  },
  {
    category: 'Garden',
    prefix: 'GA',
    items: [
      ['Terracotta pot', 8.95],
      ['Watering can', 21],
      ['Seed tin', 9.5],
      ['Garden gloves', 12.5],
      ['Bird feeder', 17.5],
      ['Hand fork', 13],
    ],
    variants: [
      ['small', 0.8],
      ['medium', 1],
      ['large', 1.35],
    ],
  },
  {
    category: 'Paper',
    prefix: 'PA',
    items: [
      ['Notebook', 7.5],
      ['Greeting card', 3.25],
      ['Wrapping paper', 4.5],
      ['Desk calendar', 12],
      ['Postcard set', 6],
      ['Gift tags, 10 pieces', 2.95],
      ['Washi tape', 3.5],
    ],
    variants: [
      ['floral', 1],
      ['plain', 0.95],
      ['botanical', 1.1],
    ],
  },
  {
    category: 'Toys',
    prefix: 'TO',
    items: [
      ['Wooden train', 28],
      ['Knitted bear', 24.5],
      ['Puzzle, 100 pieces', 15],
      ['Stacking rings', 17],
      ['Marble run', 27],
      ['Picture book', 11.95],
    ],
    variants: [
      ['classic', 1],
      ['forest', 1.05],
    ],
  },
  {
    category: 'Decoration',
    prefix: 'DE',
    items: [
      ['Picture frame', 16],
      ['Ceramic vase', 26],
      ['Wall clock', 29],
      ['Woven basket', 29.5],
      ['Mirror', 34],
      ['Door wreath', 23],
      ['String lights', 18.5],
    ],
    variants: [
      ['small', 0.8],
      ['medium', 1],
      ['large', 1.45],
    ],
  },
  {
    category: 'Bath',
    prefix: 'BA',
    items: [
      ['Soap bar', 5.25],
      ['Hand cream', 9.95],
      ['Bath salts', 12.5],
      ['Soap dish', 10.5],
      ['Wash bag', 21.5],
      ['Body brush', 13.75],
    ],
    variants: [
      ['lavender', 1],
      ['citrus', 1],
    ],
  },
];

const toCents = (amount: number): number => Math.round(amount * 100) * 100;

/** A catalogue price after a discount, in whole cents. */
export const discounted = (price: number, discount: number): number => toCents((price / 10_000) * (1 - discount));

/** The products of a seed: fixed names and prices, seeded popularity. Cheap things are bought more often. */
export function demoProducts(seed: number): DemoProduct[] {
  const rng = createRng(seed * 8 + 1);
  return ranges.flatMap(({ category, prefix, items, variants }) =>
    items.flatMap(([item, base], i) =>
      variants.map(([variant, factor], v) => ({
        code: `${prefix}${1001 + i * 10 + v}`,
        description: `${item}, ${variant}`,
        category,
        price: toCents(base * factor),
        cost: toCents(base * factor * (0.42 + 0.16 * rng.next())),
        weight: (Math.exp(0.9 * rng.normal()) * 10) / (5 + base * factor),
      })),
    ),
  );
}

/**
 * Stock on hand at the end of the period: some products too short, some far too long.
 * @param unitsPerDay expected units of each product on a day, in the order of `products`
 */
export function demoStock(seed: number, products: DemoProduct[], unitsPerDay: ArrayLike<number>): DemoStock[] {
  const rng: Rng = createRng(seed * 8 + 2);
  return products.map((product, i) => {
    const coverDays = 5 + 70 * rng.next() ** 1.5;
    const packSize = [1, 4, 6, 10, 12][rng.below(5)];
    return { product, onHand: Math.round(unitsPerDay[i] * coverDays), leadTimeDays: 5 + rng.below(24), packSize };
  });
}
