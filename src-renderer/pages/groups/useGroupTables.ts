import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { featureFormat } from '../../../src-shared/charts/cluster-scatter.ts';
import type { ClusterResult } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

/** A clustering as tables: what the groups are like, and the measures for each number of groups. */
export function useGroupTables(cluster: Ref<ClusterResult | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const profileColumns = computed(() => [
    { label: t('screen.groups.group') },
    { label: t('screen.customers.summary.customers'), number: true },
    { label: t('screen.customers.summary.share'), number: true },
    ...(cluster.value?.space ?? []).map((one) => ({
      label: t('screen.groups.mean', { feature: one.label }),
      number: true,
    })),
    { label: t('screen.customers.summary.revenue'), number: true },
  ]);
  const profileRows = computed(() => {
    const result = cluster.value;
    if (!result) return [];
    const { money, moneyShort, decimal } = format.value;
    const isMoney = result.space.map((one) => featureFormat({ format: format.value }, one.id) === moneyShort);
    return result.profiles.map((profile) => ({
      key: String(profile.cluster),
      cells: [
        t('screen.groups.name', { n: profile.cluster }),
        format.value.number(profile.customers),
        format.value.share(profile.customerShare),
        ...profile.means.map((mean, index) => (isMoney[index] ? money(Math.round(mean)) : decimal(mean, 1))),
        format.value.money(profile.revenue),
      ],
    }));
  });
  const scoreColumns = computed(() =>
    ['k', 'silhouette', 'daviesBouldin', 'calinskiHarabasz', 'inertia'].map((id) => ({
      label: t(`screen.groups.score.${id}`),
      number: id !== 'k',
    })),
  );
  const scoreRows = computed(() =>
    (cluster.value?.scores ?? []).map((score) => ({
      key: String(score.k),
      strong: score.k === cluster.value?.k,
      cells: [
        format.value.number(score.k),
        format.value.decimal(score.silhouette, 4),
        format.value.decimal(score.daviesBouldin, 4),
        format.value.decimal(score.calinskiHarabasz, 1),
        format.value.decimal(score.inertia, 2),
      ],
    })),
  );
  return { profileColumns, profileRows, scoreColumns, scoreRows };
}
