import type { TableKind } from '../../../../src-shared/domain.ts';
import { customersKind } from './customers.ts';
import { eventsKind } from './events.ts';
import { salesKind } from './sales.ts';
import { seriesKind } from './series.ts';
import type { TableKindDefinition } from './table-kind.ts';

/** Every kind of table. A file is held against the last one first; what fits none is sales. */
export const tableKinds: Record<TableKind, TableKindDefinition> = {
  sales: salesKind,
  series: seriesKind,
  events: eventsKind,
  customers: customersKind,
};
