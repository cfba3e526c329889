import type { Translate } from '../../../src-shared/charts/chart.ts';
import { signedMoney } from '../../../src-shared/charts/signed.ts';
import type { RevenueChange, RevenueSide } from '../../../src-shared/domain.ts';
import type { Format } from '../../../src-shared/format.ts';

/** Parts below this share of the largest one are left out of the sentence; the table has them all. */
const leastShare = 0.02;

export interface Words {
  t: Translate;
  format: Format;
}

/** Keeps the sign on the line of its figure. */
const unbroken = (text: string): string => text.replace(/^[+-]/, '$&\u2060');

function partsInWords({ parts }: RevenueChange, { t, format }: Words): string {
  const largest = Math.max(...parts.map(({ money }) => Math.abs(money)));
  return parts
    .filter(({ money }) => money !== 0 && Math.abs(money) >= leastShare * largest)
    .sort((a, b) => Math.abs(b.money) - Math.abs(a.money))
    .map(({ id, money }) =>
      t(`screen.changes.${money > 0 ? 'partUp' : 'partDown'}.${id}`, { money: unbroken(signedMoney(format, money)) }),
    )
    .join(', ');
}

/** By how much revenue changed and why, the largest reason first. */
export function headlineOf(change: RevenueChange, words: Words): string {
  const { t, format } = words;
  const parts = partsInWords(change, words);
  if (change.change === 0) return parts ? t('screen.changes.sameBut', { parts }) : t('screen.changes.same');
  const way = change.change > 0 ? 'rose' : 'fell';
  const key = change.changeShare === null ? `${way}FromNothing` : way;
  return t(`screen.changes.${key}`, {
    change: format.money(Math.abs(change.change)),
    share: format.change(change.changeShare),
    parts,
  });
}

/** The revenue of both periods. */
export function comparedOf({ current, previous }: RevenueChange, { t, format }: Words): string {
  const period = ({ period: { from, to } }: RevenueSide) => format.period(from, to);
  return t('screen.changes.compared', {
    current: period(current),
    now: format.money(current.revenue),
    previous: period(previous),
    before: format.money(previous.revenue),
  });
}

/** The factor itself in one period: a number of customers, a rate, a price, or money. */
export function factorOf(side: RevenueSide, id: RevenueChange['parts'][number]['id'], { format }: Words): string {
  const { customers, visits, items, revenue, returns, anonymous } = side;
  const rate = (part: number, of: number) => (of > 0 ? format.decimal(part / of, 2) : format.number(null));
  const texts = {
    customers: () => format.number(customers),
    visits: () => rate(visits, customers),
    items: () => rate(items, visits),
    price: () => format.money(items > 0 ? (revenue - returns - anonymous) / items : null),
    returns: () => format.money(returns),
    anonymous: () => format.money(anonymous),
  };
  return texts[id]();
}
