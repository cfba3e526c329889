/** The pieces that inputs of several methods are made of. */
import { z } from 'zod';
import type { Filter } from '../domain.ts';
import { segmentIds } from '../domain.ts';

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'A day is written as YYYY-MM-DD.');
export const frequency = z.enum(['day', 'week', 'month']);

export const filterSchema: z.ZodType<Filter> = z.strictObject({
  from: day.nullish(),
  to: day.nullish(),
  segments: z.array(z.enum(segmentIds)).optional(),
  countries: z.array(z.string()).optional(),
  products: z.array(z.string()).optional(),
});

export const paging = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(100_000).default(200),
};
export const filtered = z.strictObject({ filter: filterSchema.default({}) });

export const nothing = z.strictObject({});

export const importFile = z.strictObject({ path: z.string().min(1), name: z.string().min(1) });
