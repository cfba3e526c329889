import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { explainClasses, type NamedCustomers } from '../../../src-main/engine/customers/tree/explain-classes.ts';
import {
  depthOf,
  type GrownNode,
  growTree,
  ordersOf,
  sortedOrders,
} from '../../../src-main/engine/customers/tree/grow.ts';
import { stratifiedFolds, stratifiedShare } from '../../../src-main/engine/customers/tree/parts.ts';
import { collapseAlphas, fitTree, prunedTree } from '../../../src-main/engine/customers/tree/prune.ts';
import { reasonOf } from '../../../src-main/engine/customers/tree/reason.ts';
import { pathConditions } from '../../../src-main/engine/customers/tree/rules.ts';
import { createFormat } from '../../../src-shared/format.ts';
import { en } from '../../../src-shared/messages/en/index.ts';
import { conditionsInWords } from '../../../src-shared/rule-sentence.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { TreeCondition } from '../../../src-shared/domain.ts';
import { treeSample } from '../../fixtures/tree-sample.ts';

const quiet = () => {};

/** Two features in 0 … 100, three classes in stripes of the first one, a share of them mislabelled. */
function stripes(n: number, wrongShare: number, seed = 1): NamedCustomers {
  const rng = createRng(seed);
  const columns = [0, 1].map(() => Float64Array.from({ length: n }, () => Math.floor(100 * rng.next())));
  const labels = Int32Array.from(columns[0], (value) =>
    rng.next() < wrongShare ? rng.below(3) : value < 30 ? 0 : value < 70 ? 1 : 2,
  );
  const features = ['recencyDays', 'frequency'].map((id) => ({ id, label: id }));
  return { basis: 'cluster', classes: ['1', '2', '3'], features, columns, labels };
}
const explain = (of: NamedCustomers, seed = 1, maxDepth = 8) => explainClasses(of, { maxDepth, seed, tick: quiet });

describe('growing', () => {
  it('cuts half-way between neighbouring values, equal cuts by the first feature', () => {
    const column = Float64Array.from([1, 2, 2, 5, 9, 9]);
    const rows = { columns: [column, column], labels: Int32Array.from([0, 0, 0, 1, 1, 1]), classes: 2 };
    const [root] = growTree(rows, sortedOrders(rows), { maxDepth: 3, minLeaf: 1 });
    expect(root.split).toEqual({ feature: 0, threshold: 3.5, left: 1, right: 2 });
  });

  it('takes the lowest of equal cuts', () => {
    // ABBA: ≤ 1.5 and ≤ 3.5 leave the same entropy.
    const rows = { columns: [Float64Array.from([1, 2, 3, 4])], labels: Int32Array.from([0, 1, 1, 0]), classes: 2 };
    expect(growTree(rows, sortedOrders(rows), { maxDepth: 1, minLeaf: 1 })[0].split?.threshold).toBe(1.5);
  });

  it('keeps neighbours apart that no number fits between', () => {
    const low = 0.1;
    const high = low + Number.EPSILON / 16;
    const rows = { columns: [Float64Array.from([low, high])], labels: Int32Array.from([0, 1]), classes: 2 };
    const [root] = growTree(rows, sortedOrders(rows), { maxDepth: 1, minLeaf: 1 });
    expect(root.split!.threshold).toBeGreaterThanOrEqual(low);
    expect(root.split!.threshold).toBeLessThan(high);
  });

  it('leaves no leaf smaller than asked and goes no deeper than asked', () => {
    const { classes, columns, labels } = stripes(500, 0.3);
    const rows = { columns, labels, classes: classes.length };
    const nodes = growTree(rows, sortedOrders(rows), { maxDepth: 4, minLeaf: 20 });
    expect(depthOf(nodes)).toBe(4);
    const leaves = nodes.filter(({ split }) => split === null);
    expect(Math.min(...leaves.map(({ customers }) => customers))).toBeGreaterThanOrEqual(20);
    expect(leaves.reduce((sum, { customers }) => sum + customers, 0)).toBe(500);
  });

  it('learns from the chosen rows alone', () => {
    const { classes, columns, labels } = stripes(300, 0);
    const rows = { columns, labels, classes: classes.length };
    const chosen = Uint8Array.from(labels, (label) => (label < 2 ? 1 : 0));
    const nodes = growTree(rows, ordersOf(sortedOrders(rows), chosen), { maxDepth: 4, minLeaf: 1 });
    expect(nodes[0].counts[2]).toBe(0);
    expect(nodes.length).toBe(3);
  });
});

describe('pruning', () => {
  const node = (counts: number[], split: GrownNode['split'] = null): GrownNode => ({
    split,
    customers: counts.reduce((sum, count) => sum + count, 0),
    counts,
    predicted: counts.indexOf(Math.max(...counts)),
  });
  // 100 customers. Root 60/40 wrong for 40; left 55/10 (10) into 50/2 (2) and 5/8 (5); right 5/30 (5) into 5/10 (5) and 0/20.
  const tree = [
    node([60, 40], { feature: 0, threshold: 1, left: 1, right: 4 }),
    node([55, 10], { feature: 0, threshold: 0, left: 2, right: 3 }),
    node([50, 2]),
    node([5, 8]),
    node([5, 30], { feature: 0, threshold: 2, left: 5, right: 6 }),
    node([5, 10]),
    node([0, 20]),
  ];

  it('finds the α of each branch as worked out by hand', () => {
    // Right: (5 − 5) / 1 = 0, gone at once. Left: (10 − 7) / 1 = 3 of 100. Then the root: (40 − 15) / 1 = 25 of 100.
    expect(Array.from(collapseAlphas(tree))).toEqual([0.25, 0.03, 0, 0, 0, 0, 0]);
  });

  it('takes the branches off in that order', () => {
    const alphas = collapseAlphas(tree);
    expect([0, 0.029, 0.03, 0.25].map((alpha) => prunedTree(tree, alphas, alpha).length)).toEqual([5, 5, 3, 1]);
    const left = prunedTree(tree, alphas, 0);
    expect(left[0].split).toEqual({ feature: 0, threshold: 1, left: 1, right: 4 });
    expect(left[4].split).toBeNull();
  });

  it('finds the three stripes again under noise, and nothing where there is nothing', () => {
    const noisy = stripes(1_000, 0.2);
    const learn = ({ classes, columns, labels }: NamedCustomers) => {
      const rows = { columns, labels, classes: classes.length };
      return fitTree(rows, sortedOrders(rows), { maxDepth: 8, minLeaf: 5 }, { rng: createRng(1), tick: quiet });
    };
    const found = learn(noisy);
    expect(found.length).toBe(5);
    expect(found.flatMap(({ split }) => (split ? [split.threshold] : [])).sort((a, b) => a - b)).toEqual([29.5, 69.5]);
    expect(learn(stripes(1_000, 1)).length).toBeLessThan(10);
  });
});

describe('parts', () => {
  const labels = Int32Array.from({ length: 201 }, (_, i) => (i === 0 ? 2 : i % 4 === 0 ? 1 : 0));
  it('hold a share of each class, and leave a single customer where it is', () => {
    const drawn = stratifiedShare(labels, 3, 0.25, createRng(3));
    const count = (label: number) => drawn.filter((flag, row) => flag === 1 && labels[row] === label).length;
    expect([count(0), count(1), count(2)]).toEqual([38, 13, 0]);
  });
  it('deal every class out evenly', () => {
    const folds = stratifiedFolds(labels, 3, 10, createRng(3));
    for (let fold = 0; fold < 10; fold++) {
      const sizes = [0, 1].map((label) => folds.filter((one, row) => one === fold && labels[row] === label).length);
      expect(sizes[0]).toBe(15);
      expect(sizes[1]).toBe(5);
    }
  });
});

describe('an explanation', () => {
  it('adds up', () => {
    const tree = explain(stripes(800, 0.1));
    const { accuracy, confusion, heldOut, importance, nodes, perClass, rules, trained } = tree;
    expect(trained + heldOut).toBe(800);
    expect(Math.abs(heldOut - 200)).toBeLessThanOrEqual(2);
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(heldOut);
    expect(accuracy).toBeCloseTo(confusion.reduce((sum, row, c) => sum + row[c], 0) / heldOut, 12);
    expect(perClass.reduce((sum, one) => sum + one.customers, 0)).toBe(heldOut);
    expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(importance[0]).toBeGreaterThan(0.95);
    expect(nodes[0].customers).toBe(trained);
    expect(rules.reduce((sum, { customers }) => sum + customers, 0)).toBe(trained);
    expect(accuracy).toBeGreaterThan(0.8);
    expect(tree.notes).toEqual([]);
  });

  it('is the same on every run, and leaves its input alone', () => {
    const of = stripes(400, 0.1);
    const before = structuredClone(of);
    expect(explain(of)).toEqual(explain(of));
    expect(of).toEqual(before);
    expect(JSON.parse(JSON.stringify(explain(of)))).toStrictEqual(explain(of));
  });

  it('says that rules without a pattern are weak, and that one name needs none', () => {
    const weak = explain(stripes(400, 1));
    expect(weak.notes.map(({ code }) => code)).toContain(weak.nodes.length === 1 ? 'tree-no-rule' : 'tree-weak');
    const same = stripes(100, 0);
    const one = explain({ ...same, classes: ['1'], labels: new Int32Array(100) });
    expect(one.notes.map(({ code }) => code)).toEqual(['tree-one-class']);
    expect([one.accuracy, one.baseline, one.leaves, one.depth]).toEqual([1, 1, 1, 0]);
    expect(one.importance).toEqual([0, 0]);
    expect(one.rules).toEqual([{ of: 0, conditions: [], customers: 75, purity: 1 }]);
  });

  it('answers without NaN where all customers are alike, and names what is too few', () => {
    const same = stripes(60, 0);
    const alike = explain({ ...same, columns: same.columns.map((column) => column.map(() => 7)) });
    expect(alike.nodes.length).toBe(1);
    expect(alike.notes[0].code).toBe('tree-no-rule');
    expect(JSON.stringify(alike)).not.toContain('null,null');
    for (const n of [1, 3, 19]) {
      let thrown: unknown;
      try {
        explain(stripes(n, 0));
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(AppError);
      expect((thrown as AppError).code).toBe('not-enough-data');
      expect((thrown as AppError).message).toContain(`there are ${n}.`);
    }
  });

  it('samples the customers beyond 50,000 and says so', () => {
    const tree = explain(stripes(60_000, 0.05));
    expect(tree.trained + tree.heldOut).toBeLessThanOrEqual(50_001);
    expect(tree.notes.map(({ code }) => code)).toEqual(['tree-sample']);
  });
});

describe('reasons and sentences', () => {
  it('merge the bounds of a path', () => {
    const { conditions, leaf } = pathConditions(treeSample.nodes, treeSample.features, [10, 6, 5]);
    expect(leaf).toBe(3);
    expect(conditions.map(({ comparison, feature, value }) => [feature, comparison, value])).toEqual([
      ['recencyDays', '<=', 190.5],
      ['frequency', '>', 4.5],
    ]);
  });

  it('say whether the tree agrees, and nothing where a value is missing', () => {
    const values = [10, 6, 5].map((value, i) => ({ feature: treeSample.features[i].id, label: '', value }));
    const ask = (segment: 'champions' | 'lost') => reasonOf({ cluster: null, segment, values }, treeSample);
    expect(ask('champions')).toMatchObject({ answer: 'champions', agrees: true });
    expect(ask('lost')).toMatchObject({ answer: 'champions', agrees: false });
    expect(reasonOf({ cluster: null, segment: 'lost', values: values.slice(1) }, treeSample)).toBeNull();
  });

  const text = {
    format: createFormat({ locale: 'en-GB', currency: 'GBP' }),
    t: (key: string, params: Record<string, string | number> = {}) => {
      const found = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], en);
      return String(found ?? key).replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
    },
  };
  const bound = (feature: string, comparison: '<=' | '>', value: number, label = feature): TreeCondition => ({
    feature,
    label,
    comparison,
    value,
  });

  it.each<[string, TreeCondition[]]>([
    ['whatever the figures', []],
    ['one order', [bound('frequency', '<=', 1.5)]],
    ['Distinct products at least 3', [bound('distinctProducts', '>', 2.5, 'Distinct products')]],
    ['at most 4 orders', [bound('frequency', '<=', 4.5)]],
    ['5 orders or more', [bound('frequency', '>', 4.5)]],
    ['5 orders or more', [bound('frequency', '>', 4)]],
    ['5 orders', [bound('frequency', '>', 4.5), bound('frequency', '<=', 5.5)]],
    ['last bought 22 to 190 days ago', [bound('recencyDays', '>', 21), bound('recencyDays', '<=', 190.5)]],
    ['spent more than £1,221.17', [bound('monetary', '>', 1221.165)]],
    ['spent more than £10.00 and up to £20.50', [bound('monetary', '>', 10), bound('monetary', '<=', 20.5)]],
    ['Share of money returned at most 12.5%', [bound('returnShare', '<=', 0.125, 'Share of money returned')]],
    ['Gender is F', [bound('gender=F', '>', 0.5, 'Gender: F')]],
    ['Gender is not F', [bound('gender=F', '<=', 0.5, 'Gender: F')]],
    [
      'bought within the last 21 days, 5 orders or more and Age at most 40.5',
      [bound('recencyDays', '<=', 21.5), bound('frequency', '>', 4.5), bound('age', '<=', 40.5, 'Age')],
    ],
  ])('%s', (words, conditions) => {
    expect(conditionsInWords(conditions, text)).toBe(words);
  });
});
