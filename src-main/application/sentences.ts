/** The outcome of an analysis in plain sentences: the screens' own, out of the same catalogue. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import { groupName } from '../../src-shared/charts/segment-names.ts';
import type { ClusterResult, ForecastResult, Note, Overview, RfmSummary, Settings } from '../../src-shared/domain.ts';
import { createFormat, type Format, noteParams } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** Parameters named …Money, …Share and …Day are written for people, other numbers grouped. */
export type Say = (key: string, params?: Note['params']) => string;

/** Speaks the catalogue in a business's locale and currency. */
export function createSay(settings: Pick<Settings, 'locale' | 'currency'>): Say {
  const context = createCoreContext({ locale: 'en', messages: { en }, missingWarn: false, fallbackWarn: false });
  const format = createFormat(settings);
  return (key, params = {}) => translate(context, key, noteParams(params, format)) as string;
}

function revenueSentence(say: Say, format: Format, { period, total }: Overview): string {
  const figures = {
    period: format.period(period.from, period.to),
    revenue: format.money(total.revenue),
    orders: total.orders,
    customers: total.customers,
  };
  return say(`report.headline.${total.customers > 0 ? 'total' : 'totalAnonymous'}`, figures);
}

function segmentSentence(say: Say, { segments }: RfmSummary): string {
  const largest = [...segments].sort((a, b) => b.customers - a.customers).slice(0, 3);
  const parts = largest.map(({ id, customers, customerShare }) =>
    say('cli.segment', { name: groupName((key) => say(key), 'segments', id), customers, customerShare }),
  );
  return say('cli.segments', { segments: parts.join(', ') });
}

function forecastSentences(say: Say, format: Format, result: ForecastResult): string[] {
  const { frequency, board, word, chosenName, chosenBy, next, skill } = result;
  const mape = board.find(({ chosen }) => chosen)?.mape ?? null;
  const periods = say(`screen.forecast.next.${frequency}`, { n: next.periods });
  const [mean, low, high] = [next.mean, next.low80, next.high80].map((amount) => format.money(amount));
  return [
    say('screen.forecast.sentence', { periods, mean, low, high }),
    mape === null || word === null
      ? say('screen.forecast.noBacktest')
      : say('screen.forecast.reliability', { mape: format.share(mape), word: say(`screen.forecast.word.${word}`) }),
    skill === null
      ? say('screen.forecast.skillUnknown')
      : skill > 0
        ? say('screen.forecast.skillBetter', { skill: format.share(skill) })
        : say('screen.forecast.skillNone'),
    say(`screen.forecast.chosenBy.${chosenBy}`, { model: chosenName }),
    ...(result.ladder === 'tested' ? [] : [`${say(`screen.forecasting.ladder.${result.ladder}`)}.`]),
  ];
}

interface Outcome {
  overview: Overview | null;
  rfm: RfmSummary | null;
  clustering: ClusterResult | null;
  forecast: ForecastResult | null;
  settings: Settings;
}

/** What a person should take away: revenue, segments, groups, outlook. A part that was refused is silent here. */
export function outcome({ overview, rfm, clustering, forecast, settings }: Outcome): string[] {
  const say = createSay(settings);
  const format = createFormat(settings);
  const sentences: string[] = [];
  if (overview) sentences.push(revenueSentence(say, format, overview));
  if (rfm) sentences.push(segmentSentence(say, rfm));
  if (clustering) {
    const { customers, k, word, silhouette } = clustering;
    const words = say(`screen.groups.word.${word}`);
    sentences.push(
      say('screen.groups.sentence', { n: customers, k, word: words, silhouette: format.decimal(silhouette, 3) }),
    );
  }
  if (forecast) sentences.push(...forecastSentences(say, format, forecast));
  return sentences;
}
