import type { ClusterMethodId, FeatureSpace } from '../domain.ts';
import type { Format } from '../format.ts';
import type { ChartContext, Translate } from './chart.ts';

/** What a group is called everywhere; 0 holds the customers that belong to none. */
export const clusterName = (t: Translate, cluster: number): string =>
  cluster === 0 ? t('charts.cluster.none') : t('charts.cluster.name', { number: cluster });

export const clusterMethodName = (t: Translate, method: ClusterMethodId): string =>
  t(`charts.cluster.method.${method}`);

const moneyFeatures = new Set(['monetary', 'averageOrder', 'clv', 'historicValue', 'predictedValue']);

/** Features count money in whole currency units. */
const moneyPerUnit = 10_000;

const isShare = (id: string): boolean => id.includes('=') || id.endsWith('Share');

/** How a feature's values are written on axes: money, a share, or a plain number. */
export function featureFormat({ format }: Pick<ChartContext, 'format'>, id: string): (value: number) => string {
  if (moneyFeatures.has(id)) return (value) => format.moneyShort(value * moneyPerUnit);
  return isShare(id) ? format.share : format.number;
}

/** A mean of a feature in full: money to the cent, a category's column as the share of customers who have it. */
export function writeMean(format: Format, id: string, mean: number): string {
  if (moneyFeatures.has(id)) return format.money(mean * moneyPerUnit);
  return isShare(id) ? format.share(mean) : format.decimal(mean, 1);
}

/** "Revenue, log · Orders, log; z-score": what stands beside every index figure. */
export function spaceName(t: Translate, space: FeatureSpace[], scaling: string): string {
  const features = space.map(({ label, transform, clip }) => {
    const how = [
      transform === 'none' ? '' : t(`charts.cluster.transform.${transform}`),
      clip ? t('charts.cluster.clipped') : '',
    ].filter(Boolean);
    return [label, ...how].join(', ');
  });
  return t('charts.cluster.space', { features: features.join(' · '), scaling: t(`charts.cluster.scaling.${scaling}`) });
}
