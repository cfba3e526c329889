import type { Call, CallOptions, MethodName, MethodsAt, Output, Parsed } from '../../src-shared/contract.ts';
import type { Thread } from '../worker/run.ts';
import type { DataTasks } from '../worker/tasks/data.ts';
import type { ModelTasks } from '../worker/tasks/model.ts';

/** What a handler on the main thread composes with. */
export interface HandlerContext {
  call: Call;
  data: Thread<DataTasks>;
  model: Thread<ModelTasks>;
  /** Hand these on, so that progress and cancel reach the tasks. */
  options: CallOptions;
}

export type MainHandler<M extends MethodName> = (input: Parsed<M>, context: HandlerContext) => Promise<Output<M>>;
export type MainHandlers = { [M in MethodsAt<'main'>]: MainHandler<M> };
