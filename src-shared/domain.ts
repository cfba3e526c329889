/**
 * The nouns of the program as plain JSON: null for missing, 'YYYY-MM-DD' for days, no NaN, no typed arrays.
 * Money is always an integer number of 1/10 000 currency unit (`Money`), exact up to 9·10^11 currency units.
 */
export * from './domain/base.ts';
export * from './domain/settings.ts';
export * from './domain/imports.ts';
export * from './domain/figures.ts';
export * from './domain/customers.ts';
export * from './domain/clustering.ts';
export * from './domain/lifetime.ts';
export * from './domain/habits.ts';
export * from './domain/movement.ts';
export * from './domain/segments.ts';
export * from './domain/products.ts';
export * from './domain/forecasts.ts';
export * from './domain/calendar.ts';
export * from './domain/ledger.ts';
export * from './domain/output.ts';
export * from './domain/store.ts';
