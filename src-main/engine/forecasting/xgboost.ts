import { mean, populationVariance } from '../numeric/statistics.ts';
import { lagForecast, spreadBySteps } from './lags/lag-forecast.ts';
import { type LagPlan, leastHistory, planLags } from './lags/lag-plan.ts';
import { type LagRows, trainingRows, withBestLevel } from './lags/lag-rows.ts';
import { defineModel, type FitContext, type Fitted } from './model.ts';
import { type BoostSettings, boostTrees } from './trees/boosted-trees.ts';
import { askTree, loadTree, type RegressionTree, type StoredTree, storeTree } from './trees/regression-tree.ts';
import { treeContributions } from './trees/tree-contributions.ts';

interface BoostedTrees extends Fitted {
  plan: LagPlan;
  /** The trees answer (value − centre) / scale. */
  centre: number;
  scale: number;
  trees: StoredTree[];
  /** See spreadBySteps. */
  spread: number[];
}

interface BoostParams {
  rounds: number;
  eta: number;
  maxDepth: number;
  lambda: number;
  gamma: number;
  /** Least number of different periods in a leaf. */
  leafPeriods: number;
}

/** Periods held out, at the end, to see how far the trees err on news. */
const heldOutShare = 0.25;

interface Boosted {
  centre: number;
  scale: number;
  trees: RegressionTree[];
}

/** Grows the trees on some of the rows. */
async function boost(
  rows: LagRows,
  use: (target: number) => boolean,
  params: BoostParams,
  context: FitContext,
): Promise<Boosted> {
  const p = rows.columns.length;
  const kept = Array.from(rows.target.keys()).filter((r) => use(rows.target[r]));
  const X = new Float32Array(kept.length * p);
  kept.forEach((r, i) => {
    X.set(rows.X.subarray(r * p, (r + 1) * p), i * p);
  });
  const values = kept.map((r) => rows.y[r]);
  const centre = mean(values);
  const scale = Math.sqrt(populationVariance(values));
  const trees: RegressionTree[] = [];
  if (scale > 0) {
    const y = Float32Array.from(values, (value) => (value - centre) / scale);
    const periods = new Set(kept.map((r) => rows.target[r])).size;
    const settings: BoostSettings = {
      ...{
        rounds: params.rounds,
        eta: params.eta,
        maxDepth: params.maxDepth,
        lambda: params.lambda,
        gamma: params.gamma,
      },
      minChildWeight: (params.leafPeriods * kept.length) / periods,
      baseScore: 0,
    };
    trees.push(...boostTrees(X, p, y, settings, () => context.tick()));
    await context.pause();
  }
  return { centre, scale, trees };
}

/** Errors on the rows held out, after as many rounds as suit them best; NaN for the others. */
function heldOutErrors({ centre, scale, trees }: Boosted, { X, y, target, columns }: LagRows, cut: number) {
  const held = Array.from(target.keys()).filter((r) => target[r] >= cut);
  const residual = Float64Array.from(y, (value, r) => (target[r] < cut ? Number.NaN : value - centre));
  const squares = () => held.reduce((sum, r) => sum + residual[r] ** 2, 0);
  let best = { rounds: 0, errors: residual.slice(), squares: squares() };
  trees.forEach((tree, k) => {
    for (const r of held) residual[r] -= scale * askTree(tree, X, columns.length, r);
    const now = squares();
    if (now < best.squares) best = { rounds: k + 1, errors: residual.slice(), squares: now };
  });
  return best;
}

/** Reference: Chen & Guestrin 2016, "XGBoost: A Scalable Tree Boosting System", KDD. */
export const xgboost = defineModel<BoostParams, BoostedTrees>({
  id: 'xgboost',
  name: 'Boosted trees (XGBoost)',
  about: 'Many small decision trees on recent sales and the calendar, each correcting those before it.',
  reference: 'Chen & Guestrin 2016, XGBoost: A Scalable Tree Boosting System, KDD 2016, 785–794',
  deseasonalised: false,
  quick: false,
  memberOn: ['day', 'week'],
  seldomOnly: false,
  params: { rounds: 100, eta: 0.05, maxDepth: 4, lambda: 1, gamma: 0, leafPeriods: 5 },
  minLength: leastHistory,

  async fit(y, params, context) {
    const { plan: reach, z } = planLags(y, context);
    const plan = withBestLevel(reach, z, context.covariates);
    const rows = trainingRows(plan, z, context.covariates);
    const last = rows.target[rows.target.length - 1];
    const cut = Math.floor((1 - heldOutShare) * (last + 1));
    const early = await boost(rows, (target) => target < cut, params, context);
    const { rounds, errors } = heldOutErrors(early, rows, cut);
    const spread = spreadBySteps(errors, rows.step, plan.steps);
    const { centre, scale, trees } = await boost(rows, () => true, { ...params, rounds }, context);
    return { version: 1, plan, centre, scale, trees: trees.map(storeTree), spread };
  },

  predict({ plan, centre, scale, trees, spread }, horizon, levels, ahead) {
    return lagForecast(plan, spread, horizon, levels, ahead, (X, p) => {
      const { base, values } = treeContributions(trees.map(loadTree), X, p);
      return { base: centre + scale * base, values: values.map((value) => scale * value) };
    });
  },
});
