/** `createApplication(options) → { call, close }`: the whole program behind one function. */
import {
  type Call,
  type CallOptions,
  contract,
  isMethodName,
  type MethodName,
  type MethodsAt,
} from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';
import { createThread, type RunOptions } from '../worker/run.ts';
import type { DataTasks } from '../worker/tasks/data.ts';
import type { ModelTasks } from '../worker/tasks/model.ts';
import { version } from '../version.ts';
import { canonicalJson } from './canonical-json.ts';
import { classify, cluster } from './customers.ts';
import { exportCsv } from './exports.ts';
import { forecast } from './forecasts.ts';
import type { MainHandler, MainHandlers } from './handler.ts';
import { reportPdf } from './reports.ts';

export interface ApplicationOptions {
  /** The SQLite file; made when it does not exist. */
  storePath: string;
}

export interface Application {
  call: Call;
  close(): Promise<void>;
}

const mainHandlers: MainHandlers = {
  'customers.cluster': cluster,
  'customers.classify': classify,
  'forecast.run': forecast,
  'report.pdf': reportPdf,
  'export.csv': exportCsv,
};

function parse(method: MethodName, input: unknown): unknown {
  const parsed = contract[method].input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) =>
    issue.path.length ? `${issue.path.join('.')}: ${issue.message}` : issue.message,
  );
  throw new AppError('invalid-input', `${method} cannot use this input. ${where.join(' ')}`, {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

/** Opens the program on a store: the data thread begins to read it at once, the model thread starts at its first call. */
export function createApplication({ storePath }: ApplicationOptions): Application {
  const data = createThread<DataTasks>({ role: 'data', storePath, version });
  data.start();
  const model = createThread<ModelTasks>({ role: 'model', storePath, version });

  function dispatch(method: MethodName, input: unknown, options: CallOptions): Promise<unknown> {
    const definition = contract[method];
    const runOptions: RunOptions = { ...options, long: 'long' in definition && definition.long };
    // The tables of tasks and of handlers are type-checked against the contract where they are written; here the
    // method is only known at run time.
    if (definition.where === 'data') return data.run(method as never, input as never, runOptions);
    if (definition.where === 'model') return model.run(method as never, input as never, runOptions);
    const handler = mainHandlers[method as MethodsAt<'main'>] as MainHandler<MethodName>;
    return handler(input as never, { call, data, model, options });
  }

  /** Same data, same input: the stored answer, which is the same to the last digit. */
  async function remembered(method: MethodName, input: unknown, options: CallOptions): Promise<unknown> {
    const key = canonicalJson({ method, input, version });
    const found = await data.run('run.find', { method, key }, { signal: options.signal });
    if (found.output !== null) return found.output;
    const output = await dispatch(method, input, options);
    await data.run('run.save', { method, key, dataVersion: found.dataVersion, output });
    return output;
  }

  const call = (async (method: MethodName, input: unknown, options: CallOptions = {}) => {
    if (!isMethodName(method)) throw new AppError('unknown-method', `There is no method "${String(method)}".`);
    const parsed = parse(method, input);
    const definition = contract[method];
    return 'memo' in definition && definition.memo
      ? remembered(method, parsed, options)
      : dispatch(method, parsed, options);
  }) as Call;

  return {
    call,
    async close() {
      await Promise.all([data.close(), model.close()]);
    },
  };
}
