import type { GroupSummary } from '../domain.ts';
import type { Translate } from './chart.ts';

/** A way to group customers: the eleven segments or one of their roll-ups. */
export type GroupLevel = 'segments' | 'fourGroups' | 'threeGroups';

export interface GroupsData {
  level: GroupLevel;
  groups: GroupSummary[];
}

/** The group's name in the catalogue. */
export const groupName = (t: Translate, level: GroupLevel, id: string): string => t(`customers.${level}.${id}.name`);
