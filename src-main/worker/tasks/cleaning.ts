import type { CleaningEffects } from '../../../src-shared/domain.ts';
import { cleaningEffects } from '../../engine/sales/cleaning-effects.ts';
import type { Session } from '../session.ts';

/** What each cleaning rule does to all lines, whatever the filter. */
export const effects = (session: Session): CleaningEffects =>
  session.remembered('effects', () => cleaningEffects(session.sales.lines, session.settings.rules));
