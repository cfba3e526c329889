/** anomalies.csv and promotion_effects.csv. Money is written as exact decimals with a point. */
import type { Anomalies, Anomaly, EventEffect, EventEffects } from '../../../src-shared/domain.ts';
import { moneyToDecimal, noteParams } from '../../../src-shared/format.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';
import type { catalogueText } from '../catalogue-text.ts';

type CatalogueText = ReturnType<typeof catalogueText>;
type Reason = Anomaly['reasons'][number];

/** A reason in the words of the screen. */
const sentence = ({ code, params }: Reason, { t, format }: CatalogueText): string =>
  t(`notes.${code}`, noteParams(params, format));

const anomalyColumns = (text: CatalogueText): CsvColumn<Anomaly>[] => [
  { header: 'date', kind: 'text', value: (row) => row.date },
  { header: 'kind', kind: 'text', value: (row) => row.kind },
  { header: 'sold', kind: 'number', value: (row) => moneyToDecimal(row.actual) },
  { header: 'usual', kind: 'number', value: (row) => moneyToDecimal(row.expected) },
  { header: 'usual_from', kind: 'number', value: (row) => moneyToDecimal(row.low) },
  { header: 'usual_to', kind: 'number', value: (row) => moneyToDecimal(row.high) },
  { header: 'score', kind: 'number', value: (row) => row.score },
  { header: 'reasons', kind: 'text', value: (row) => row.reasons.map((reason) => sentence(reason, text)).join(' ') },
];

/** anomalies.csv: one row per period that stands out, by date. */
export const anomaliesCsv = ({ rows }: Anomalies, text: CatalogueText): string => writeCsv(anomalyColumns(text), rows);

const told = ({ reason, verdict }: EventEffect): boolean => verdict !== 'cannot-tell' || reason.code === 'effect-noisy';
const money = (row: EventEffect, amount: number | null): string | null =>
  told(row) && amount !== null ? moneyToDecimal(amount) : null;

const effectColumns = (text: CatalogueText): CsvColumn<EventEffect>[] => [
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'kind', kind: 'text', value: (row) => row.kind },
  { header: 'times', kind: 'number', value: (row) => row.times },
  { header: 'open_days', kind: 'number', value: (row) => row.days },
  { header: 'from', kind: 'text', value: (row) => row.from },
  { header: 'to', kind: 'text', value: (row) => row.to },
  { header: 'sold', kind: 'number', value: (row) => money(row, row.actual) },
  { header: 'without_it', kind: 'number', value: (row) => money(row, row.expected) },
  { header: 'effect', kind: 'number', value: (row) => money(row, row.effect) },
  { header: 'effect_low80', kind: 'number', value: (row) => money(row, row.low80) },
  { header: 'effect_high80', kind: 'number', value: (row) => money(row, row.high80) },
  { header: 'lift', kind: 'number', value: (row) => row.lift },
  { header: 'pulled_forward', kind: 'number', value: (row) => money(row, row.pulledForward) },
  { header: 'verdict', kind: 'text', value: (row) => row.verdict },
  { header: 'reason', kind: 'text', value: (row) => sentence(row.reason, text) },
];

/** promotion_effects.csv: one row per event; figures stay empty where there is nothing to compare. */
export const promotionEffectsCsv = ({ effects }: EventEffects, text: CatalogueText): string =>
  writeCsv(effectColumns(text), effects);
