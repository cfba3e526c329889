/** The outcome of an analysis in plain sentences, out of the same catalogue as the screens. */
import { createCoreContext, translate } from '@intlify/core-base';
import type { ClusterResult, ForecastResult, Overview, RfmSummary, Settings } from '../../src-shared/domain.ts';
import { createFormat, type Format } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';

type Params = Record<string, string | number | null>;
export type Say = (key: string, params?: Params) => string;

const write = (format: Format, name: string, value: string | number | null): string => {
  if (name.endsWith('Money')) return format.money(value as number | null);
  if (name.endsWith('Share')) return format.share(value as number | null);
  if (name.endsWith('Day')) return format.day(value as string | null);
  return typeof value === 'number' ? format.number(value) : (value ?? '');
};

/** Speaks the catalogue for a locale and currency; parameters named …Money, …Share and …Day are written for people. */
export function createSay(settings: Pick<Settings, 'locale' | 'currency'>): Say {
  const context = createCoreContext({ locale: 'en', messages: { en }, missingWarn: false, fallbackWarn: false });
  const format = createFormat(settings);
  return (key, params = {}) => {
    const written = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, write(format, name, value)]),
    );
    return String(translate(context, key, written));
  };
}

function segmentSentence(say: Say, { segments }: RfmSummary): string {
  const largest = [...segments].sort((a, b) => b.customers - a.customers).slice(0, 3);
  const parts = largest.map(({ id, customers, customerShare }) =>
    say('cli.segment', { name: say(`customers.segments.${id}.name`), customers, customerShare }),
  );
  return say('cli.segments', { segments: parts.join(', ') });
}

function forecastSentences(say: Say, { frequency, next, chosenName, chosenBy, board }: ForecastResult): string[] {
  const mapeShare = board.find(({ chosen }) => chosen)?.mape ?? null;
  const periods = say(`cli.periods.${frequency}`, { count: next.periods });
  const unmeasured = mapeShare === null && chosenBy !== 'short-history';
  return [
    say('cli.outlook', { periods, meanMoney: next.mean, lowMoney: next.low80, highMoney: next.high80 }),
    say(unmeasured ? 'cli.unscored' : `cli.chosen.${chosenBy}`, { model: chosenName, mapeShare }),
  ];
}

/** What a person should take away: revenue, segments, groups, outlook; a part that was refused is silent here. */
export function outcome(
  say: Say,
  {
    overview,
    rfm,
    clustering,
    forecast,
  }: {
    overview: Overview | null;
    rfm: RfmSummary | null;
    clustering: ClusterResult | null;
    forecast: ForecastResult | null;
  },
): string[] {
  const sentences: string[] = [];
  if (overview) {
    const { revenue, lines, orders, customers } = overview.total;
    const { from, to } = overview.period;
    sentences.push(say('cli.revenue', { revenueMoney: revenue, fromDay: from, toDay: to, lines, orders, customers }));
  }
  if (rfm) sentences.push(segmentSentence(say, rfm));
  if (clustering) {
    const { k, word, silhouette } = clustering;
    sentences.push(say('cli.clustering', { k, word: say(`cli.word.${word}`), silhouette: silhouette.toFixed(4) }));
  }
  if (forecast) sentences.push(...forecastSentences(say, forecast));
  return sentences;
}
