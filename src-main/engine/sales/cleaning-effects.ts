import type { CleaningEffects, CleaningRules, RuleEffect, RuleId } from '../../../src-shared/domain.ts';
import { flagCombinations, lineUse, usesOfFlags } from './line-mask.ts';
import { lineFlags, type SaleLines } from './sale-lines.ts';

export const flagOfRule: Record<RuleId, number> = {
  unknownCustomer: lineFlags.unknownCustomer,
  cancellations: lineFlags.cancellation,
  quantity: lineFlags.quantity,
  price: lineFlags.price,
  identical: lineFlags.identical,
  nonProduct: lineFlags.nonProduct,
};
export const ruleIds = Object.keys(flagOfRule) as RuleId[];

/** The rules with one switch moved: dropped lines come back (cancellations as netted returns), others go. */
function moved(rules: CleaningRules, rule: RuleId): CleaningRules {
  if (rules[rule] !== 'drop') return { ...rules, [rule]: 'drop' };
  return { ...rules, [rule]: rule === 'cancellations' ? 'net' : 'keep' };
}

/**
 * What each cleaning rule does, in lines and money. Lines that repeat an earlier import are no lines of their own
 * and stand in none of the figures. One pass counts each combination of flags; all figures follow from those counts.
 */
export function cleaningEffects(lines: SaleLines, rules: CleaningRules): CleaningEffects {
  const count = new Float64Array(flagCombinations);
  const money = new Float64Array(flagCombinations);
  for (let i = 0; i < lines.length; i++) {
    count[lines.flags[i]]++;
    money[lines.flags[i]] += lines.amount[i];
  }
  const sum = (chosen: (flags: number) => boolean): { lines: number; money: number } => {
    const total = { lines: 0, money: 0 };
    for (let flags = 0; flags < lineFlags.repeated; flags++) {
      if (!chosen(flags)) continue;
      total.lines += count[flags];
      total.money += money[flags];
    }
    return total;
  };
  const uses = usesOfFlags(rules);
  const effects = ruleIds.map((rule): RuleEffect => {
    const other = usesOfFlags(moved(rules, rule));
    const spoken = sum((flags) => (flags & flagOfRule[rule]) !== 0);
    const decided = sum((flags) => (uses[flags] === lineUse.out) !== (other[flags] === lineUse.out));
    return { rule, choice: rules[rule], ...spoken, decidedLines: decided.lines, decidedMoney: decided.money };
  });
  const all = sum(() => true);
  const used = sum((flags) => uses[flags] !== lineUse.out);
  return { effects, allLines: all.lines, allMoney: all.money, usedLines: used.lines, usedMoney: used.money };
}
