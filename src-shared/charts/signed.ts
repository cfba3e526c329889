import type { Money } from '../domain.ts';
import type { Format } from '../format.ts';

const plus = (value: number): string => (value > 0 ? '+' : '');

/** Money and counts of a change, with their sign. */
export const signedMoney = (format: Format, money: Money): string => plus(money) + format.money(money);
export const signedNumber = (format: Format, value: number): string => plus(value) + format.number(value);
