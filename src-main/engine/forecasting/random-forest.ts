import { mean, populationVariance } from '../numeric/statistics.ts';
import { lagForecast, spreadBySteps } from './lags/lag-forecast.ts';
import { type LagPlan, leastHistory, planLags } from './lags/lag-plan.ts';
import { trainingRows, withBestLevel } from './lags/lag-rows.ts';
import { defineModel, type Fitted } from './model.ts';
import { bagTrees } from './trees/bagged-trees.ts';
import { loadTree, type StoredTree, storeTree } from './trees/regression-tree.ts';
import { treeContributions } from './trees/tree-contributions.ts';

interface Forest extends Fitted {
  plan: LagPlan;
  /** The trees answer (value − centre) / scale. */
  centre: number;
  scale: number;
  trees: StoredTree[];
  /** See spreadBySteps. */
  spread: number[];
}

interface ForestParams {
  trees: number;
  maxDepth: number;
  /** Least number of different periods in a leaf. */
  leafPeriods: number;
  /** Share of the inputs tried at each split. */
  columnShare: number;
}

/** Reference: Breiman 2001, "Random Forests", Machine Learning 45(1). */
export const randomForest = defineModel<ForestParams, Forest>({
  id: 'random-forest',
  name: 'Random forest',
  about: 'The mean of many decision trees on recent sales and the calendar, each grown on other days.',
  reference: 'Breiman 2001, Random Forests, Machine Learning 45(1), 5–32',
  deseasonalised: false,
  quick: false,
  memberOn: ['day', 'week'],
  seldomOnly: false,
  params: { trees: 100, maxDepth: 12, leafPeriods: 5, columnShare: 1 / 3 },
  minLength: leastHistory,

  async fit(y, { trees: count, maxDepth, leafPeriods, columnShare }, context) {
    const { plan: reach, z } = planLags(y, context);
    const plan = withBestLevel(reach, z, context.covariates);
    const rows = trainingRows(plan, z, context.covariates);
    const p = rows.columns.length;
    const centre = mean(rows.y);
    const scale = Math.sqrt(populationVariance(rows.y));
    if (scale === 0) return { version: 1, plan, centre, scale, trees: [], spread: [0] };
    const target = rows.y.map((value) => (value - centre) / scale);
    const periods = rows.target[rows.target.length - 1] + 1;
    const leafRows = (leafPeriods * rows.y.length) / periods;
    const settings = { trees: count, maxDepth, leafRows, columns: Math.max(1, Math.round(columnShare * p)) };
    const { trees, heldOut } = bagTrees(rows.X, p, target, rows.target, settings, context.rng, () => context.tick());
    const errors = heldOut.map((answer, r) => scale * (target[r] - answer));
    const spread = spreadBySteps(errors, rows.step, plan.steps);
    return { version: 1, plan, centre, scale, trees: trees.map(storeTree), spread };
  },

  predict({ plan, centre, scale, trees, spread }, horizon, levels, ahead) {
    return lagForecast(plan, spread, horizon, levels, ahead, (X, p) => {
      const { base, values } = treeContributions(trees.map(loadTree), X, p);
      const factor = scale / Math.max(1, trees.length);
      return { base: centre + factor * base, values: values.map((value) => factor * value) };
    });
  },
});
