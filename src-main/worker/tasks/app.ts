import type { AppInfo } from '../../../src-shared/domain.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import { sqliteVersion } from '../../store/settings.ts';
import { version } from '../../version.ts';
import { dataSpan } from '../figures.ts';
import type { Session } from '../session.ts';

/** Versions, the store and what it holds. */
export function appInfo(session: Session): AppInfo {
  const { lines, dictionaries } = session.sales;
  const span = dataSpan(session);
  return {
    version,
    node: process.version,
    sqlite: sqliteVersion(session.store),
    storePath: session.store.path,
    dataVersion: session.dataVersion,
    lines: lines.length,
    customers: dictionaries.customers.length - 1,
    firstDay: span && dayText(span.first),
    lastDay: span && dayText(span.last),
  };
}
