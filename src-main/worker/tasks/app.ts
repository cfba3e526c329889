import type { AppInfo } from '../../../src-shared/domain.ts';
import { listImports } from '../../store/import-ledger.ts';
import { sqliteVersion } from '../../store/settings.ts';
import { version } from '../../version.ts';
import type { Session } from '../session.ts';

const days = (found: (string | null)[]): string[] => found.filter((day) => day !== null).sort();

/** Versions, the store and what its ledger says it holds: answered before the sale lines are in memory. */
export function appInfo({ store, dataVersion, safe }: Session): AppInfo {
  const ledger = listImports(store);
  return {
    version,
    safe,
    node: process.version,
    sqlite: sqliteVersion(store),
    storePath: store.path,
    dataVersion,
    lines: ledger.reduce((sum, { details }) => sum + (details.lines ?? 0), 0),
    firstDay: days(ledger.map(({ firstDay }) => firstDay))[0] ?? null,
    lastDay: days(ledger.map(({ lastDay }) => lastDay)).at(-1) ?? null,
  };
}
