import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { clusterName, writeMean } from '../../../src-shared/charts/cluster-names.ts';
import type { ClusterResult } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

/** A clustering as tables: what the groups are like, and the measures for each number of groups. */
export function useGroupTables(cluster: () => ClusterResult) {
  const { t } = useI18n();
  const format = useFormat();
  const profileColumns = computed(() => [
    { label: t('screen.groups.group') },
    { label: t('screen.customers.summary.customers'), number: true },
    { label: t('screen.customers.summary.share'), number: true },
    ...cluster().space.map((one) => ({ label: t('screen.groups.mean', { feature: one.label }), number: true })),
    { label: t('screen.customers.summary.revenue'), number: true },
  ]);
  const profileRows = computed(() =>
    cluster().profiles.map((profile) => ({
      key: String(profile.cluster),
      cells: [
        clusterName((key, params) => t(key, params ?? {}), profile.cluster),
        format.value.number(profile.customers),
        format.value.share(profile.customerShare),
        ...profile.means.map((mean, i) => writeMean(format.value, cluster().space[i].id, mean)),
        format.value.money(profile.revenue),
      ],
    })),
  );

  const isMixture = computed(() => cluster().settings.method === 'mixture');
  const scoreColumns = computed(() =>
    [
      'k',
      'silhouette',
      'daviesBouldin',
      'calinskiHarabasz',
      'inertia',
      ...(isMixture.value ? ['bic'] : []),
      'smallestShare',
    ].map((id) => ({ label: t(`screen.groups.score.${id}`), number: id !== 'k' })),
  );
  const scoreRows = computed(() =>
    cluster().scores.map((score) => ({
      key: String(score.k),
      strong: score.k === cluster().k,
      cells: [
        format.value.number(score.k),
        format.value.decimal(score.silhouette, 4) +
          (score.silhouetteError === null ? '' : ` ± ${format.value.decimal(score.silhouetteError, 4)}`),
        format.value.decimal(score.daviesBouldin, 4),
        format.value.decimal(score.calinskiHarabasz, 1),
        format.value.decimal(score.inertia, 2),
        ...(isMixture.value ? [format.value.decimal(score.bic, 1)] : []),
        format.value.share(score.smallestShare),
      ],
    })),
  );
  return { profileColumns, profileRows, scoreColumns, scoreRows };
}
