/** `createApplication(options) → { call, close }`: the whole program behind one function. */
import { type Call, type CallOptions, contract, isMethodName, type MethodName } from '../../src-shared/contract.ts';
import { AppError, toAppError } from '../../src-shared/errors.ts';
import { createThread, type RunOptions } from '../worker/run.ts';
import type { DataTasks } from '../worker/tasks/data.ts';
import type { ModelTasks } from '../worker/tasks/model.ts';
import { version } from '../version.ts';
import { listLicences } from './about.ts';
import { canonicalJson } from './canonical-json.ts';
import { classify, cluster, compare } from './customers.ts';
import { refuseInput } from './refuse-input.ts';
import { explain } from './explain.ts';
import { exportCsv } from './exports.ts';
import { forecast } from './forecasts.ts';
import { forecastParts } from './forecast-parts.ts';
import type { HandlerContext, MainHandler, MainHandlers } from './handler.ts';
import { profile, value, valueList } from './lifetime.ts';
import { publish } from './ledger.ts';
import type { Log } from './log.ts';
import { importModel, predictWithModel, retrainModel, saveModel } from './models.ts';
import { reportPdf } from './reports.ts';
import { profiles, targets } from './segments.ts';

export interface ApplicationOptions {
  /** The SQLite file; made when it does not exist. */
  storePath: string;
  /** How the user knows this program, for the messages of others. */
  door?: string;
  /** now (a window): owns the store from the start; when-writing (a command): at its first change. */
  claim?: 'now' | 'when-writing';
  /** How long a change waits for another program that owns the store. */
  patienceMs?: number;
  /** false: no copies are made of a store that is thrown away. */
  backups?: boolean;
  /** Without remembered answers and without training. */
  safe?: boolean;
  /** Where faults of the program are noted. */
  log?: Log;
}

export interface Application {
  call: Call;
  /** Says where another start on the same store may ask this program to come forward. */
  answersAt(join: string): Promise<void>;
  close(): Promise<void>;
}

/** A restart and the log belong to the program as it runs, and are answered where it is made. */
const mainHandlers: Omit<MainHandlers, 'app.restart' | 'app.log' | 'app.noteFault'> = {
  'app.licences': listLicences,
  'customers.cluster': cluster,
  'customers.classify': classify,
  'customers.compare': compare,
  'customers.explain': explain,
  'customers.value': value,
  'customers.valueList': valueList,
  'customers.profile': profile,
  'segments.profiles': profiles,
  'segments.targets': targets,
  'forecast.run': forecast,
  'forecast.parts': forecastParts,
  'ledger.publish': publish,
  'model.save': saveModel,
  'model.predict': predictWithModel,
  'model.retrain': retrainModel,
  'model.import': importModel,
  'report.pdf': reportPdf,
  'export.csv': exportCsv,
};

function parse(method: MethodName, input: unknown): unknown {
  const parsed = contract[method].input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw refuseInput(method, parsed.error);
}

/** An answer worth remembering. */
interface Answer {
  method: MethodName;
  key: string;
  dataVersion: string;
  output: unknown;
}

/** Both threads of a running program; a restart puts others in their place. */
type Threads = Pick<HandlerContext, 'data' | 'model'>;

/** The one call over both threads. */
function createCall(threads: Threads): Call {
  async function dispatch(method: MethodName, input: unknown, options: CallOptions, later: Answer[]): Promise<unknown> {
    const definition = contract[method];
    const { data, model } = threads;
    const runOptions: RunOptions = { ...options, long: 'long' in definition && definition.long };
    // The tables of tasks and of handlers are type-checked against the contract where they are written; here the
    // method is only known at run time.
    if (definition.where === 'data') return data.run(method as never, input as never, runOptions);
    if (definition.where === 'model') return model.run(method as never, input as never, runOptions);
    const handler = mainHandlers[method as keyof typeof mainHandlers] as MainHandler<MethodName>;
    if ('changes' in definition && definition.changes) await data.run('store.own', {}, options);
    return handler(input as never, { call: callInto(later), data, model, options });
  }

  /** Same data, same input: the stored answer, which is the same to the last digit. */
  async function remembered(method: MethodName, input: unknown, options: CallOptions, later: Answer[]) {
    const key = canonicalJson({ method, input, version });
    const { output: found, dataVersion } = await threads.data.run(
      'run.find',
      { method, key },
      { signal: options.signal },
    );
    if (found !== null) return found;
    const output = await dispatch(method, input, options, later);
    later.push({ method, key, dataVersion, output });
    return output;
  }

  /** A call whose new answers are kept in `later`: a composed call that is cancelled half-way stores nothing. */
  const callInto = (later: Answer[]) =>
    (async (method: MethodName, input: unknown, options: CallOptions = {}) => {
      if (!isMethodName(method)) throw new AppError('unknown-method', `There is no method "${String(method)}".`);
      const parsed = parse(method, input);
      const definition = contract[method];
      const answer = 'memo' in definition && definition.memo ? remembered : dispatch;
      return answer(method, parsed, options, later);
    }) as Call;

  return (async (method: MethodName, input: never, options?: CallOptions) => {
    const later: Answer[] = [];
    const output = await callInto(later)(method, input, options);
    for (const answer of later) await threads.data.run('run.save', answer);
    return output;
  }) as Call;
}

/** By then the first screens have been asked for. */
const tendAfterMs = 60_000;

function startThreads(options: ApplicationOptions): Threads {
  const { storePath, door = 'a program', claim = 'now', patienceMs = 2000, backups = true, safe = false } = options;
  const start = { storePath, version, door, claim, patienceMs, backups, safe, tendAfterMs };
  const data = createThread<DataTasks>({ role: 'data', ...start });
  data.start();
  return { data, model: createThread<ModelTasks>({ role: 'model', ...start }) };
}

const endThreads = async ({ data, model }: Threads): Promise<void> =>
  void (await Promise.all([data.close('store.close'), model.close()]));

/** Faults of the program itself; everything else is an answer that the user has read. */
const faults: ReadonlySet<string> = new Set(['internal', 'worker-died']);

/** Opens the program on a store: the data thread begins to read it at once, the model thread starts at its first call. */
export function createApplication(options: ApplicationOptions): Application {
  const threads = startThreads(options);
  const answer = createCall(threads);
  const own: Partial<Record<MethodName, (input: never) => Promise<unknown>>> = {
    'app.log': async () => ({ path: options.log?.path ?? '', last: options.log?.last() ?? '' }),
    'app.noteFault': async ({ message, stack }: { message: string; stack: string }) => {
      options.log?.failed(new AppError('internal', message, { stack }), 'page');
      return {};
    },
    'app.restart': async ({ safe }: { safe: boolean }) => {
      await endThreads(threads);
      Object.assign(threads, startThreads({ ...options, safe }));
      return answer('app.info', {});
    },
  };
  const call = (async (method: MethodName, input: never, callOptions?: CallOptions) => {
    try {
      const mine = isMethodName(method) ? own[method] : undefined;
      return mine ? await mine(parse(method, input) as never) : await answer(method, input, callOptions);
    } catch (error) {
      const fault = toAppError(error);
      if (faults.has(fault.code)) options.log?.failed(fault, method);
      throw error;
    }
  }) as Call;
  return {
    call,
    answersAt: (join) => threads.data.run('store.answersAt', { join }),
    close: () => endThreads(threads),
  };
}
