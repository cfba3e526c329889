/** Fourth part: why revenue changed, who moved between segments, and where acting pays most. */
import type { Content } from 'pdfmake/interfaces.js';
import { groupName } from '../../../src-shared/charts/segment-names.ts';
import { signedMoney } from '../../../src-shared/charts/signed.ts';
import type { RevenueChange, SegmentMigration, SegmentProfile, SegmentProfiles } from '../../../src-shared/domain.ts';
import { chart, section, sentence, small, table, together } from './blocks.ts';
import type { ReportData } from './data.ts';
import type { ReportText } from './text.ts';

export function actionsPart({ change, migration, profiles }: ReportData, text: ReportText, width: number): Content[] {
  const parts = [
    ...(change ? changePart(change, text, width) : []),
    ...(migration ? movementPart(migration, text) : []),
    ...(profiles ? priorityPart(profiles, text) : []),
  ];
  return parts.length === 0 ? [] : [section(text.t('report.actions.title')), ...parts];
}

function changePart(change: RevenueChange, text: ReportText, width: number): Content[] {
  const { t, format } = text;
  const { current, previous } = change;
  return [
    sentence(
      t('report.actions.changed', {
        period: format.period(current.period.from, current.period.to),
        previous: format.period(previous.period.from, previous.period.to),
        change: signedMoney(format, change.change),
      }),
    ),
    chart('changeBridge', change, text, { width, height: 190 }),
    small(t('charts.changeBridge.about')),
    small(t('report.actions.changeAbout')),
  ];
}

function movementPart(migration: SegmentMigration, text: ReportText): Content[] {
  const { t, format } = text;
  const { change, from, to } = migration;
  const moved = change.filter(({ before, after }) => before > 0 || after > 0);
  const days = { from: format.day(from), to: format.day(to) };
  return [
    together(
      t('report.actions.movement', days),
      sentence(
        t('report.actions.moved', {
          ...days,
          up: format.number(migration.up),
          down: format.number(migration.down),
          arrived: format.number(migration.arrived),
          stayed: format.number(migration.stayed),
        }),
      ),
      table(
        [
          { title: t('charts.column.segment') },
          { title: days.from, figure: true },
          { title: days.to, figure: true },
          { title: t('report.actions.difference'), figure: true },
        ],
        moved.map(({ segment, before, after }) => [
          groupName(t, 'segments', segment),
          format.number(before),
          format.number(after),
          after > before ? `+${format.number(after - before)}` : format.number(after - before),
        ]),
      ),
    ),
  ];
}

function priorityPart({ horizonDays, profiles }: SegmentProfiles, text: ReportText): Content[] {
  const { t, format } = text;
  const ranked = profiles
    .filter(
      (profile): profile is SegmentProfile & { atStake: number; risk: number; priority: number } =>
        profile.atStake !== null && profile.priority !== null && profile.risk !== null,
    )
    .sort((a, b) => a.priority - b.priority)
    .slice(0, 5);
  if (ranked.length === 0) return [];
  return [
    together(
      t('report.actions.priority'),
      sentence(t('report.actions.priorityAbout', { days: format.number(horizonDays) })),
      table(
        [
          { title: t('charts.column.segment'), width: 80 },
          { title: t('charts.column.customers'), figure: true },
          { title: t('report.actions.risk'), figure: true },
          { title: t('report.actions.atStake'), figure: true },
          { title: t('report.customers.todo'), width: '*' },
        ],
        ranked.map(({ atStake, customers, playbook, risk }) => [
          playbook.name,
          format.number(customers),
          format.share(risk),
          format.money(atStake),
          playbook.actions[0] ?? playbook.description,
        ]),
      ),
    ),
  ];
}
