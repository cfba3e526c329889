import type { TreeExplanation } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

/** Features with their share, the largest first. */
const ranked = ({ features, importance }: TreeExplanation) =>
  features.map(({ label }, index) => ({ name: label, share: importance[index] })).sort((a, b) => b.share - a.share);

/** How much of what the tree learned each feature brought. */
export const featureImportance = defineChart<TreeExplanation>({
  heightPx: ({ features }) => rowsHeightPx(features.length),
  option(tree, context) {
    const rows = ranked(tree);
    if (rows.every(({ share }) => share === 0)) return emptyOption(context);
    const { theme, t, format } = context;
    const bars = rows.map(({ name, share }) => ({
      name,
      value: share,
      label: format.share(share),
      colour: theme.primary,
    }));
    return barRows(context, bars, t('charts.featureImportance.title'), format.share);
  },
  table(tree, { t, format }) {
    return {
      columns: [t('charts.featureImportance.feature'), t('charts.featureImportance.share')],
      rows: ranked(tree).map(({ name, share }) => [name, format.share(share)]),
    };
  },
});
