import type { MovementState, SegmentMigration } from '../domain.ts';
import { segmentIds } from '../domain.ts';
import type { Translate } from './chart.ts';
import { groupName } from './segment-names.ts';

/** Best segment first; those who are not yet customers last. */
export const movementStates: readonly MovementState[] = [...segmentIds, 'absent'];

export const stateLabel = (t: Translate, state: MovementState): string =>
  state === 'absent' ? t('charts.movement.absent') : groupName(t, 'segments', state);

/** Names a flow, so that a mark or a row can be told apart. */
export const flowKey = ({ from, to }: SegmentMigration['flows'][number]): string => `${from} ${to}`;
