import type { SegmentProfile } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';
import { segmentColours } from './segment-colours.ts';

type Ranked = SegmentProfile & { priority: number; atStake: number };

/** The segments that can be ranked, the most at stake first. */
const ranked = (profiles: SegmentProfile[]): Ranked[] =>
  profiles
    .filter((one): one is Ranked => one.priority !== null && one.atStake !== null)
    .sort((x, y) => x.priority - y.priority);

/** Money at stake in each segment; the label says how much they would bring if all kept buying. */
export const segmentPriority = defineChart<SegmentProfile[]>({
  heightPx: (profiles) => rowsHeightPx(ranked(profiles).length),
  widthPx: () => 540,
  option(profiles, context) {
    const shown = ranked(profiles);
    if (shown.length === 0) return emptyOption(context);
    const { t, format } = context;
    const bars = shown.map((one) => ({
      name: one.playbook.name,
      value: one.atStake,
      label: t('charts.segmentPriority.label', {
        atStake: format.moneyShort(one.atStake),
        risk: format.share(one.risk),
        value: format.moneyShort(one.ifKept),
      }),
      colour: segmentColours[one.id],
    }));
    const option = barRows(context, bars, t('charts.segmentPriority.atStake'), format.money);
    return { ...option, grid: { ...(option.grid as Record<string, unknown>), right: 170 } };
  },
  table(profiles, { t, format }) {
    return {
      columns: [
        t('charts.column.segment'),
        t('charts.segmentPriority.priority'),
        t('charts.segmentPriority.value'),
        t('charts.segmentPriority.risk'),
        t('charts.segmentPriority.atStake'),
      ],
      rows: ranked(profiles).map((one) => [
        one.playbook.name,
        format.number(one.priority),
        format.money(one.ifKept),
        format.share(one.risk),
        format.money(one.atStake),
      ]),
    };
  },
});
