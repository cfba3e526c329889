/**
 * The demo company's true parameters: a small homeware shop with counter and mail orders, closed on Sundays.
 * Everything the models should find stands here, so that tests compare their answers with the truth.
 */
import type { Day } from '../../../src-shared/domain.ts';

export const demoBusiness = { name: 'Lantern & Loom', currency: 'EUR', locale: 'en-IE' } as const;

/** 36 months of sales, both days included. */
export const demoPeriod = { from: '2023-11-01', to: '2026-10-31' } as const;

/** Expected product sales of an average open day at the start of the period, in currency units. */
export const startLevel = 1850;
/** Growth a year, compounded by the day. */
export const growthPerYear = 0.08;

/** Factors Monday to Sunday, mean 1 over the open days; 0 is closed. */
export const weekdayFactors: readonly number[] = [0.8, 0.85, 0.9, 0.95, 1.15, 1.35, 0];

/** Season at the middle of January to December, mean 1; days between are read off the straight line between two middles. */
export const monthFactors: readonly number[] = [0.76, 0.82, 0.9, 0.96, 1.0, 0.98, 0.92, 0.88, 0.97, 1.06, 1.25, 1.5];

/** Days on which the shop is closed besides Sundays. */
export const closedDays: readonly Day[] = [
  '2023-12-25',
  '2023-12-26',
  '2024-01-01',
  '2024-03-18',
  '2024-04-01',
  '2024-05-06',
  '2024-12-25',
  '2024-12-26',
  '2025-01-01',
  '2025-03-17',
  '2025-04-21',
  '2025-05-05',
  '2025-12-25',
  '2025-12-26',
  '2026-01-01',
  '2026-03-17',
  '2026-04-06',
  '2026-05-04',
];

export interface Promotion {
  name: string;
  from: Day;
  to: Day;
  /** Off every price, as a share. */
  discount: number;
  /** Expected revenue of a day of the promotion / of the same day without it. */
  lift: number;
}

export const promotions: readonly Promotion[] = [
  { name: 'Winter clearance', from: '2024-01-22', to: '2024-02-03', discount: 0.2, lift: 1.35 },
  { name: 'Garden fortnight', from: '2024-05-13', to: '2024-05-25', discount: 0.1, lift: 1.25 },
  { name: 'Anniversary week', from: '2024-09-16', to: '2024-09-21', discount: 0.15, lift: 1.6 },
  { name: 'Winter clearance', from: '2025-01-20', to: '2025-02-01', discount: 0.2, lift: 1.35 },
  { name: 'Garden fortnight', from: '2025-05-19', to: '2025-05-31', discount: 0.1, lift: 1.25 },
  { name: 'Anniversary week', from: '2025-09-15', to: '2025-09-20', discount: 0.15, lift: 1.6 },
  { name: 'Winter clearance', from: '2026-01-19', to: '2026-01-31', discount: 0.2, lift: 1.35 },
  { name: 'Garden fortnight', from: '2026-05-18', to: '2026-05-30', discount: 0.1, lift: 1.25 },
  { name: 'Anniversary week', from: '2026-09-14', to: '2026-09-19', discount: 0.15, lift: 1.6 },
];

/** Standard deviation of the logarithm of a day's own luck, on top of the chance in orders and baskets. */
export const dayNoise = 0.05;
/** Share of orders without a customer. */
export const anonymousShare = 0.22;
/** Chance that a sold line comes back, and the span of days until it does. */
export const returns = { share: 0.018, minDays: 2, maxDays: 21 } as const;
/** Chance that an order to another country (always) or at home pays postage. */
export const postage = { code: 'POST', description: 'Postage', price: 4.95, homeShare: 0.04 } as const;

export const countries: readonly { name: string; share: number }[] = [
  { name: 'Ireland', share: 0.86 },
  { name: 'United Kingdom', share: 0.06 },
  { name: 'Germany', share: 0.04 },
  { name: 'France', share: 0.025 },
  { name: 'Netherlands', share: 0.015 },
];

/** How much more (or less) a category is bought in January to December; the others keep to 1 all year. */
export const categorySeasons: Readonly<Record<string, readonly number[]>> = {
  Garden: [0.4, 0.6, 1.2, 1.8, 2, 1.8, 1.5, 1.2, 0.9, 0.6, 0.4, 0.4],
  Candles: [1, 0.9, 0.8, 0.7, 0.6, 0.6, 0.6, 0.7, 1, 1.3, 1.6, 1.8],
  Toys: [0.8, 0.8, 0.9, 0.9, 1, 1, 1, 0.9, 0.9, 1, 1.6, 2.2],
};

/** Number of known customers, the one-time buyers among them included. */
export const customerCount = 2400;

export const customerTypes = [
  'regular',
  'big-spender',
  'occasional',
  'christmas',
  'lapsed',
  'newcomer',
  'one-time',
] as const;
export type CustomerType = (typeof customerTypes)[number];

export interface TypeParameters {
  /** Orders relative to an occasional buyer, while the customer is there. */
  weight: number;
  /** Only in November and December. */
  onlyAtChristmas?: boolean;
  /** Expected lines of an order. */
  lines: number;
  /** Expected quantity of a line. */
  quantity: number;
}

export const typeParameters: Readonly<Record<CustomerType, TypeParameters>> = {
  regular: { weight: 5, lines: 1.9, quantity: 1.3 },
  'big-spender': { weight: 5, lines: 2.9, quantity: 1.8 },
  occasional: { weight: 1, lines: 1.7, quantity: 1.3 },
  christmas: { weight: 6, onlyAtChristmas: true, lines: 2.2, quantity: 1.4 },
  lapsed: { weight: 5, lines: 1.9, quantity: 1.3 },
  newcomer: { weight: 4, lines: 1.8, quantity: 1.3 },
  'one-time': { weight: 0, lines: 1.7, quantity: 1.3 },
};
/** Orders of one-time buyers as a share of the known orders, until each of them has come once. */
export const oneTimeShare = 0.02;
export const anonymousBasket = { lines: 1.6, quantity: 1.25 } as const;

export interface IncomeCluster {
  name: string;
  /** Share of customers. */
  share: number;
  /** Mean and standard deviation; income in currency units a year, score 1..100, age in years. */
  income: [number, number];
  spendingScore: [number, number];
  age: [number, number];
  /** Chances of the types, in the order of `customerTypes`. */
  types: readonly number[];
}

/** Five groups in (income, spending score), far enough apart to be found. */
export const incomeClusters: readonly IncomeCluster[] = [
  {
    name: 'careful',
    share: 0.16,
    income: [26_000, 3_600],
    spendingScore: [20, 5],
    age: [47, 11],
    types: [0.08, 0, 0.36, 0.14, 0.16, 0.06, 0.2],
  },
  {
    name: 'young spenders',
    share: 0.16,
    income: [25_000, 3_600],
    spendingScore: [80, 5],
    age: [26, 5],
    types: [0.2, 0.02, 0.22, 0.1, 0.12, 0.18, 0.16],
  },
  {
    name: 'middle',
    share: 0.36,
    income: [50_000, 4_500],
    spendingScore: [50, 5],
    age: [43, 13],
    types: [0.16, 0.02, 0.3, 0.12, 0.14, 0.08, 0.18],
  },
  {
    name: 'well-off, careful',
    share: 0.16,
    income: [82_000, 5_500],
    spendingScore: [18, 5],
    age: [45, 9],
    types: [0.06, 0.02, 0.34, 0.16, 0.16, 0.04, 0.22],
  },
  {
    name: 'well-off spenders',
    share: 0.16,
    income: [84_000, 5_500],
    spendingScore: [83, 5],
    age: [36, 6],
    types: [0.3, 0.2, 0.14, 0.08, 0.08, 0.1, 0.1],
  },
];

/** Rows planted beside the good ones; each is a copy of a good line with one cell spoiled, except where said. */
export const dirtyRows = {
  /** '2024-02-31 …' and plain words instead of a date. */
  'date-invalid': 7,
  'date-missing': 4,
  'quantity-missing': 6,
  /** Words where a number belongs. */
  'quantity-invalid': 5,
  'price-missing': 3,
  'price-invalid': 5,
  /** Separators only. */
  'blank-row': 2,
  /** An unquoted separator inside a description. */
  'too-many-cells': 2,
} as const;
/** Lines written twice in a row. */
export const identicalLines = 36;
/** Lines at price 0: samples (quantity above 0), and write-offs (quantity below 0, no customer). */
export const freeLines = { samples: 24, writeOffs: 12 } as const;
