import type { Field, TableKind } from '../../../src-shared/domain.ts';

/** What a column may mean, per kind of table. */
export const fieldsOf: Record<TableKind, readonly Field[]> = {
  sales: [
    'date',
    'time',
    'invoice',
    'customer',
    'product',
    'description',
    'quantity',
    'price',
    'amount',
    'country',
    'category',
  ],
  customers: ['customer', 'name', 'gender', 'age', 'income', 'spendingScore'],
  series: ['date', 'amount'],
};

/** Encodings offered beside the one that was found. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'macintosh',
  'shift_jis',
  'gb18030',
] as const;
