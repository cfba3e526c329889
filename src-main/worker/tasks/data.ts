/** The data thread's tasks: everything that reads or writes the store. */
import { contract, type MethodsAt } from '../../../src-shared/contract.ts';
import type { ClassifyAnswer, ClusterResult, RfmSummary, TreeExplanation } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { classifyCluster, classifyRfm } from '../../engine/customers/classify.ts';
import { reasonOf } from '../../engine/customers/tree/reason.ts';
import type { Job } from '../job.ts';
import type { ThreadStart } from '../messages.ts';
import type { Session } from '../session.ts';
import { StoreKeeper } from '../store-keeper.ts';
import { anomalies } from './anomalies.ts';
import { appInfo } from './app.ts';
import * as calendar from './calendar.ts';
import { change } from './change.ts';
import { effects } from './cleaning.ts';
import * as customers from './customers.ts';
import { loadDemo, makeDemoFiles } from './demo.ts';
import type { DataTask } from './data-task.ts';
import { eventEffects } from './event-effects.ts';
import { exportTable } from './exports.ts';
import { features, featureTable } from './features.ts';
import * as habits from './habits.ts';
import { previewImport, runImport } from './import.ts';
import { listRecords, setAsideRows, undoImport } from './imports.ts';
import * as ledger from './ledger.ts';
import * as lifetime from './lifetime.ts';
import * as models from './models.ts';
import { migration, movers } from './movement.ts';
import { filterOptions, overview } from './overview.ts';
import { partSums } from './part-sums.ts';
import { getPlaybook, setPlaybook } from './playbook.ts';
import { bySegment, together } from './products.ts';
import { profile } from './profile.ts';
import { listRows } from './rows.ts';
import { findStoredRun, saveRunOutput } from './runs.ts';
import { profilesOf, targetsOf } from './segments.ts';
import { series } from './series.ts';
import { getSettings, setSettings } from './settings.ts';
import { type StoreMethod, storeTasks } from './store.ts';

/** A task for every method of the contract that runs here. */
export type DataMethods = { [M in Exclude<MethodsAt<'data'>, StoreMethod>]: DataTask<M> };

const methods: DataMethods = {
  'app.info': appInfo,
  'settings.get': getSettings,
  'settings.set': setSettings,
  'import.preview': previewImport,
  'import.run': runImport,
  'import.list': listRecords,
  'import.undo': undoImport,
  'import.setAside': setAsideRows,
  'demo.load': loadDemo,
  'demo.files': makeDemoFiles,
  'cleaning.effects': effects,
  'filter.options': filterOptions,
  'overview.get': overview,
  'rows.list': listRows,
  'customers.rfm': customers.rfm,
  'customers.list': customers.list,
  'customers.get': customers.get,
  'customers.features': features,
  'customers.cohorts': habits.cohorts,
  'customers.habits': habits.habits,
  'customers.concentration': habits.concentration,
  'customers.distributions': habits.distributions,
  'customers.migration': migration,
  'customers.movers': movers,
  'overview.change': change,
  'products.together': together,
  'products.bySegment': bySegment,
  'playbook.get': getPlaybook,
  'playbook.set': setPlaybook,
  'series.get': series,
  'calendar.get': calendar.getCalendar,
  'calendar.addEvent': calendar.addEvent,
  'calendar.changeEvent': calendar.changeEvent,
  'calendar.removeEvent': calendar.removeEvent,
  'ledger.list': ledger.listLedger,
  'ledger.get': ledger.getEntry,
  'ledger.adjust': ledger.adjustEntry,
  'model.list': models.listModels,
  'model.export': models.exportModel,
  'model.remove': models.removeModel,
  'anomalies.list': anomalies,
  'events.effects': eventEffects,
};

/** What handlers on the main thread compose with; no door reaches these. */
const internal = {
  'run.find': findStoredRun,
  'run.save': saveRunOutput,
  'customers.featureTable': featureTable,
  'customers.classifyRfm': (_session: Session, { values, rfm }: { values: string; rfm: RfmSummary }): ClassifyAnswer =>
    classifyRfm(values, rfm),
  'customers.classifyCluster': (
    session: Session,
    { values, result }: { values: string; result: ClusterResult },
  ): ClassifyAnswer => classifyCluster(values, result, features(session)),
  'customers.reason': (
    _session: Session,
    { answer, explanation }: { answer: ClassifyAnswer; explanation: TreeExplanation },
  ): ClassifyAnswer => ({ ...answer, reason: reasonOf(answer, explanation) }),
  'segments.profilesOf': profilesOf,
  'segments.targetsOf': targetsOf,
  'customers.purchases': lifetime.purchases,
  'customers.valueSummary': lifetime.valueSummary,
  'customers.valueRows': lifetime.valueRows,
  'customers.profileOf': profile,
  'ledger.freeze': ledger.freezeForecast,
  'model.keep': models.keepModel,
  'model.read': models.readModel,
  'model.readFile': models.readModelFile,
  'model.adopt': models.adoptModel,
  'forecast.partSums': partSums,
  'export.table': exportTable,
};

const tasks = { ...methods, ...internal };
export type DataTasks = typeof tasks & typeof keeperTasks;

/** Of the store rather than of the session: they work where no figure can. */
const keeperTasks = {
  ...storeTasks,
  /** Before a long training whose result is to be kept, rather than after it. */
  'store.own': (keeper: StoreKeeper, _input: object, job: Job): Promise<void> => keeper.own(job),
  'store.answersAt': (keeper: StoreKeeper, { join }: { join: string }): void => keeper.answersAt(join),
  'store.close': (keeper: StoreKeeper, _input: object): void => keeper.close(),
};

/** They need the store but not the sale lines, so that the first screen does not wait for a million of them. */
const beforeLines: ReadonlySet<string> = new Set(['app.info', 'settings.get', 'run.find', 'playbook.get']);

/** They change what is stored: as the contract says of its methods, and those the handlers compose with. */
const changing: ReadonlySet<string> = new Set([
  ...Object.entries(contract)
    .filter(([, method]) => method.where === 'data' && 'changes' in method && method.changes)
    .map(([name]) => name),
  'ledger.freeze',
  'model.keep',
  'model.adopt',
]);

/** A call that needs the lines begins to load them sooner. */
const loadAfterMs = 2000;

/** Opens the store once; a store that cannot be used answers every call that needs it with the reason. */
export function openDataRunner(start: ThreadStart) {
  const keeper = new StoreKeeper(start);
  // By then the first screen stands, from remembered answers; a failure is answered to every call that needs the lines.
  setTimeout(() => keeper.within((session) => session.load()).catch(() => {}), loadAfterMs);
  return async (task: string, input: unknown, job: Job): Promise<unknown> => {
    if (Object.hasOwn(keeperTasks, task))
      return keeperTasks[task as keyof typeof keeperTasks](keeper, input as never, job);
    if (!Object.hasOwn(tasks, task)) throw new AppError('unknown-method', `The data thread has no task "${task}".`);
    if (changing.has(task)) await keeper.own(job);
    return keeper.within(async (session) => {
      if (!beforeLines.has(task)) await session.load();
      try {
        return await tasks[task as keyof typeof tasks](session, input as never, job);
      } finally {
        if (changing.has(task)) session.forget();
      }
    });
  };
}
