/** Methods about the future: calendar, forecasts, their parts, the ledger, saved models, what was unusual. */
import { z } from 'zod';
import type {
  Anomalies,
  BusinessCalendar,
  CalendarEvent,
  EventEffects,
  ForecastParts,
  ForecastResult,
  LedgerEntry,
  LedgerHistory,
  MadeFile,
  ModelInfo,
  PublishedForecast,
  SalesSeries,
  SavedModel,
} from '../domain.ts';
import { eventKinds, longestEventName, partKinds } from '../domain.ts';
import { day, filtered, filterSchema, frequency, importFile, nothing } from './inputs.ts';
import { method } from './method.ts';

const forecastInput = z.strictObject({
  filter: filterSchema.default({}),
  frequency: frequency.default('day'),
  horizon: z.number().int().min(1).max(365).default(30),
  /** 'auto': the weighted combination. */
  model: z.string().default('auto'),
  seed: z.number().int().min(0).default(1),
  /** First day of the forecast; null: the period after the data. */
  start: day.nullable().default(null),
  /** quick: classical models only, for a first answer. */
  effort: z.enum(['quick', 'full']).default('full'),
});

const event = z.strictObject({
  name: z.string().trim().min(1).max(longestEventName),
  kind: z.enum(eventKinds),
  from: day,
  to: day,
  everyYear: z.boolean().default(false),
});
const ofId = z.strictObject({ id: z.number().int() });

export const forecastMethods = {
  'series.get': method<SalesSeries>()({
    about: 'Regular series of net revenue with its calendar.',
    input: z.strictObject({ filter: filterSchema.default({}), frequency: frequency.default('day') }),
    where: 'data',
  }),
  'calendar.get': method<BusinessCalendar>()({
    about: 'Open weekdays, holidays and what the business did on them, events, the status of each date.',
    input: filtered,
    where: 'data',
  }),
  'calendar.addEvent': method<CalendarEvent>()({
    about: 'Marks a promotion, a special day or a closure.',
    input: event,
    where: 'data',
    changes: true,
  }),
  'calendar.changeEvent': method<CalendarEvent>()({
    about: 'Changes a marked event.',
    input: event.extend({ id: z.number().int() }),
    where: 'data',
    changes: true,
  }),
  'calendar.removeEvent': method<{ removed: number }>()({
    about: 'Takes a marked event away.',
    input: ofId,
    where: 'data',
    changes: true,
  }),
  'forecast.models': method<ModelInfo[]>()({ about: 'The models of the registry.', input: nothing, where: 'model' }),
  'forecast.run': method<ForecastResult>()({
    about: 'Backtests the models, combines them, forecasts with calibrated bands.',
    input: forecastInput,
    where: 'main',
    work: 'training',
    memo: true,
  }),
  'forecast.parts': method<ForecastParts>()({
    about: 'Forecasts products, categories, countries or segments that add up to the total.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      by: z.enum(partKinds).default('product'),
      frequency: frequency.default('month'),
      horizon: z.number().int().min(1).max(365).default(3),
      /** Parts with most revenue first; the others are forecast as one. */
      limit: z.number().int().min(1).max(10_000).default(20),
      /** As for the total, which the parts add up to. */
      model: z.string().default('auto'),
      seed: z.number().int().min(0).default(1),
      start: day.nullable().default(null),
    }),
    where: 'main',
    work: 'training',
    memo: true,
  }),
  'ledger.publish': method<PublishedForecast>()({
    about: 'Freezes a forecast, to be scored when actuals arrive.',
    input: forecastInput.extend({ name: z.string().trim().max(200).default('') }),
    where: 'main',
    work: 'training',
    changes: true,
  }),
  'ledger.list': method<LedgerHistory>()({
    about: 'Published forecasts with their scores, and own accuracy over time.',
    input: nothing,
    where: 'data',
  }),
  'ledger.get': method<LedgerEntry>()({
    about: 'One published forecast beside what happened.',
    input: ofId,
    where: 'data',
  }),
  'ledger.adjust': method<LedgerEntry>()({
    about: 'Adds an adjustment by hand with its note; it is judged later.',
    input: z.strictObject({
      id: z.number().int(),
      from: day,
      to: day,
      /** Share added to each open period: 0.1 is 10 % more. */
      change: z
        .number()
        .min(-1, 'At most everything can be taken away: -1 is -100 %.')
        .max(10, 'At most ten times the forecast can be added: 10 is 1000 %.'),
      note: z.string().trim().min(1, 'Say in a note why.').max(1000),
    }),
    where: 'data',
    changes: true,
  }),
  'model.save': method<SavedModel>()({
    about: 'Trains and keeps a forecaster.',
    input: forecastInput.extend({ name: z.string().trim().max(200).default('') }),
    where: 'main',
    work: 'training',
    changes: true,
  }),
  'model.list': method<SavedModel[]>()({ about: 'Saved models, newest first.', input: nothing, where: 'data' }),
  'model.predict': method<ForecastResult>()({
    about: 'Forecasts with a saved model, without training.',
    input: z.strictObject({ id: z.number().int(), horizon: z.number().int().min(1).max(365).nullable().default(null) }),
    where: 'main',
  }),
  'model.retrain': method<SavedModel>()({
    about: 'Trains a saved model anew on the present data; the old one stays.',
    input: ofId,
    where: 'main',
    work: 'training',
    changes: true,
  }),
  'model.export': method<MadeFile>()({ about: 'A saved model as a file.', input: ofId, where: 'data' }),
  'model.import': method<SavedModel>()({
    about: 'Takes in a model file of another Salescope.',
    input: z.strictObject({ file: importFile }),
    where: 'main',
    changes: true,
  }),
  'model.remove': method<{ removed: number }>()({
    about: 'Deletes a saved model.',
    input: ofId,
    where: 'data',
    changes: true,
  }),
  'anomalies.list': method<Anomalies>()({
    about: 'Days, weeks or months that do not fit, with likely reasons.',
    input: z.strictObject({ filter: filterSchema.default({}), frequency: frequency.default('day') }),
    where: 'data',
    memo: true,
  }),
  'events.effects': method<EventEffects>()({
    about: 'What promotions, special days and holidays were worth, and what drives sales; says when it cannot tell.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
} as const;
