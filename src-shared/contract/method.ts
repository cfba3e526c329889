import type { z } from 'zod';

/** What a long job is, for the question before quitting and the word at its end. */
export type WorkKind = 'import' | 'training' | 'report' | 'copy';

/** main: answered by composing other methods; data, model: runs in that worker thread under the same name. */
export type Where = 'main' | 'data' | 'model';

export interface Method<Input extends z.ZodType, Output, W extends Where> {
  about: string;
  input: Input;
  where: W;
  /** Takes its turn among the long jobs of its thread instead of being answered at once. */
  long?: boolean;
  /** Same data, same input: the stored answer is given again. */
  memo?: boolean;
  /** Takes so long that the user is asked before it is broken off. */
  work?: WorkKind;
  /** Changes what is stored, which only the store's owner may; what was worked out before is forgotten after it. */
  changes?: boolean;
  /** Answers also where the store cannot be used. */
  rescue?: boolean;
  /** Carries the output's type; never set. */
  output?: Output;
}

/** `method<Output>()({...})`: the output's type is given, the rest is inferred. */
export const method =
  <Output>() =>
  <Input extends z.ZodType, W extends Where>(definition: Method<Input, Output, W>): Method<Input, Output, W> =>
    definition;
