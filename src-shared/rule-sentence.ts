/** Rules of the explaining tree in words: the same on the screen and in the CSV. */
import type { Translate } from './charts/chart.ts';
import { clusterName } from './charts/cluster-names.ts';
import { groupName } from './charts/segment-names.ts';
import type { TreeCondition, TreeExplanation } from './domain.ts';
import type { Format } from './format.ts';

interface RuleText {
  t: Translate;
  format: Format;
}

/** They count whole things, so that "above 4.5" says "at least 5". */
const wholeFeatures = new Set(['recencyDays', 'frequency', 'tenureDays', 'distinctProducts', 'lines', 'purchaseDays']);
const moneyFeatures = new Set(['monetary', 'averageOrder', 'customerValue']);
/** They have sentences of their own in the catalogue; the others go by their label. */
const ownSentences = new Set(['recencyDays', 'frequency', 'monetary']);
const moneyPerUnit = 10_000;

/** What the tree's class is called. */
export const className = (t: Translate, basis: TreeExplanation['basis'], id: string): string =>
  basis === 'rfm' ? groupName(t, 'segments', id) : clusterName(t, Number(id));

/** The bounds of one feature; at least one of them is set. */
interface Bounds {
  feature: string;
  label: string;
  low: number | null;
  high: number | null;
}

function boundsOf(conditions: TreeCondition[]): Bounds[] {
  const bounds = new Map<string, Bounds>();
  for (const { comparison, feature, label, value } of conditions) {
    const own = bounds.get(feature) ?? { feature, label, low: null, high: null };
    bounds.set(feature, comparison === '>' ? { ...own, low: value } : { ...own, high: value });
  }
  return [...bounds.values()];
}

/** A column of a category: "Gender: F" with 0 or 1 in it. */
function categoryPhrase({ label, low }: Bounds, t: Translate): string {
  const at = label.indexOf(': ');
  const parts = { feature: label.slice(0, at), value: label.slice(at + 2) };
  return t(`screen.explain.condition.${low === null ? 'isNot' : 'is'}`, parts);
}

function phrase(bounds: Bounds, { t, format }: RuleText): string {
  if (bounds.feature.includes('=')) return categoryPhrase(bounds, t);
  const kind = ownSentences.has(bounds.feature) ? bounds.feature : 'other';
  const say = (form: string, low: string, high: string) =>
    t(`screen.explain.condition.${kind}.${form}`, { feature: bounds.label, low, high });
  if (wholeFeatures.has(bounds.feature)) {
    const low = bounds.low === null ? null : Math.floor(bounds.low) + 1;
    const high = bounds.high === null ? null : Math.floor(bounds.high);
    // Nobody has fewer than one order.
    if (bounds.feature === 'frequency' && high === 1) return say('one', '', '');
    const form = low === null ? 'atMost' : high === null ? 'atLeast' : low === high ? 'exactly' : 'from';
    return say(form, format.number(low), format.number(high));
  }
  const write = (value: number | null) => {
    if (value === null) return '';
    if (moneyFeatures.has(bounds.feature)) return format.money(value * moneyPerUnit);
    return bounds.feature.endsWith('Share') ? format.share(value) : format.number(value);
  };
  const form = bounds.low === null ? 'atMost' : bounds.high === null ? 'above' : 'between';
  return say(form, write(bounds.low), write(bounds.high));
}

/** The conditions as phrases, one for each feature: "3 to 8 orders". */
const conditionPhrases = (conditions: TreeCondition[], text: RuleText): string[] =>
  boundsOf(conditions).map((bounds) => phrase(bounds, text));

/** The conditions as one phrase: "bought within the last 21 days and 5 orders or more". */
export function conditionsInWords(conditions: TreeCondition[], text: RuleText): string {
  const phrases = conditionPhrases(conditions, text);
  if (phrases.length === 0) return text.t('screen.explain.condition.always');
  const last = phrases[phrases.length - 1];
  if (phrases.length === 1) return last;
  return text.t('screen.explain.condition.and', { first: phrases.slice(0, -1).join(', '), last });
}

/** With a capital letter, to begin a sentence. */
export const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
