/**
 * A saved model as a file: JSON with its format, the format's version, and a checksum over the content, so that a file
 * that was changed or cut off is not taken for the model it was.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { contract, type Parsed } from '../../src-shared/contract.ts';
import type { MadeFile } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import type { TrainedForecaster } from '../engine/forecasting/trained-forecaster.ts';

export interface ModelContent {
  name: string;
  /** ISO time. */
  savedAt: string;
  appVersion: string;
  input: Omit<Parsed<'model.save'>, 'name'>;
  trained: TrainedForecaster;
}

const format = 'salescope-model';
const formatVersion = 1;
/** Bytes. */
export const largestModelFile = 64_000_000;

const checksumOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** The file of a model. */
export function writeModelFile(content: ModelContent): MadeFile {
  const text = JSON.stringify({ format, version: formatVersion, checksum: checksumOf(content), content });
  const name = content.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return {
    fileName: `${name.slice(0, 80) || 'model'}.salescope-model`,
    mimeType: 'application/json',
    base64: Buffer.from(text).toString('base64'),
  };
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const numbers = z.array(z.number());

const series = z
  .looseObject({
    frequency: z.enum(['day', 'week', 'month']),
    dates: z.array(day).min(1),
    values: numbers,
    status: z.array(z.enum(['sold', 'zero', 'closed', 'missing', 'partial'])),
    openWeekdays: z.array(z.boolean()).length(7),
    lastDay: day.nullable(),
    marked: z.array(z.looseObject({ id: z.string(), from: day, to: day })),
    notes: z.array(z.looseObject({ code: z.string() })),
  })
  .refine(({ dates, values, status }) => dates.length === values.length && dates.length === status.length);

const trials = z.array(z.looseObject({ origin: z.number(), actual: numbers, predicted: numbers, known: numbers }));

const trained = z.looseObject({
  version: z.literal(1),
  settings: z.looseObject({ horizon: z.number().int().min(1).max(365), model: z.string(), seed: z.number().int() }),
  series,
  members: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        weight: z.number(),
        fitted: z.looseObject({ version: z.number() }),
      }),
    )
    .min(1),
  trials,
  judged: trials.optional(),
  board: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  chosen: z.string(),
  chosenName: z.string(),
});

const contentSchema = z.strictObject({
  name: z.string().min(1).max(200),
  savedAt: z.iso.datetime(),
  appVersion: z.string(),
  input: contract['model.save'].input.omit({ name: true }),
  trained,
});

function jsonOf(text: string, name: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw notAModel(name);
  }
}

const notAModel = (name: string): AppError =>
  new AppError(
    'file-not-understood',
    `"${name}" is not a model file. Choose a file that "Export" of a saved model made.`,
    {
      name,
    },
  );

/**
 * Reads a model file; whether its model can answer is not asked here.
 * @throws AppError 'file-not-understood' for another or a damaged file, 'file-too-new' for one of a newer program
 */
export function parseModelFile(text: string, name: string): ModelContent {
  const file = jsonOf(text, name);
  if (file.format !== format) throw notAModel(name);
  if (typeof file.version === 'number' && file.version > formatVersion) {
    throw new AppError('file-too-new', `"${name}" was written by a newer Salescope. Install the newer program.`, {
      name,
      version: file.version,
    });
  }
  const damaged = new AppError(
    'file-not-understood',
    `"${name}" is damaged: its content is not what was written. Export the model again.`,
    { name },
  );
  if (file.content === undefined || file.checksum !== checksumOf(file.content)) throw damaged;
  const content = contentSchema.safeParse(file.content);
  if (!content.success || content.data.input.frequency !== content.data.trained.series.frequency) throw damaged;
  // What the schema names is checked, the rest is as the model left it; whether it can answer is tried before it is kept.
  return content.data as unknown as ModelContent;
}
