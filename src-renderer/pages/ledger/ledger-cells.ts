import type { Translate } from '../../../src-shared/charts/chart.ts';
import type { Filter, ForecastAdjustment, PublishedForecast } from '../../../src-shared/domain.ts';
import type { Format } from '../../../src-shared/format.ts';

export interface Words {
  t: Translate;
  format: Format;
}

/** Whose sales: the chosen segments, countries and products, or all. */
export function scopeOf({ segments = [], countries = [], products = [] }: Filter, { t }: Words): string {
  const names = [...segments.map((id) => t(`customers.segments.${id}.name`)), ...countries, ...products];
  return names.length > 0 ? names.join(', ') : t('screen.ledger.all');
}

export const entryColumns = [
  ...['name', 'period', 'scored', 'wape', 'naive', 'bias', 'hits80', 'hits95', 'adjusted'],
  ...['about', 'model', 'published'],
];

/** One published forecast, in the order of `entryColumns`. */
export function entryCells(entry: PublishedForecast, words: Words): string[] {
  const { localDay, period, share, change, number } = words.format;
  const { score } = entry;
  return [
    entry.name,
    period(entry.from, entry.to),
    words.t('screen.ledger.scoredOf', { scored: number(score.scored), all: number(entry.horizon) }),
    ...[score.wape, score.naiveWape].map((value) => share(value)),
    change(score.bias),
    ...[score.hits80, score.hits95, score.adjustedWape].map((value) => share(value)),
    scopeOf(entry.filter, words),
    entry.modelName,
    localDay(entry.publishedAt),
  ];
}

function gainText(gain: number | null, { t, format }: Words): string {
  if (gain === null) return t('screen.ledger.unjudged');
  if (gain === 0) return t('screen.ledger.neither');
  return t(gain > 0 ? 'screen.ledger.closer' : 'screen.ledger.further', { money: format.money(Math.abs(gain)) });
}

export const adjustmentColumns = ['days', 'change', 'note', 'made', 'gain'];

/** One adjustment by hand, in the order of `adjustmentColumns`. */
export const adjustmentCells = (one: ForecastAdjustment, words: Words): string[] => [
  words.format.period(one.from, one.to),
  words.format.change(one.change),
  one.note,
  words.format.localDay(one.madeAt),
  gainText(one.gain, words),
];
