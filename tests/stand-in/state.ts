/** What the stand-in's parts share: whether Electron is ready, what was asked of it, and what the test lets it answer. */

export const state = {
  ready: false,
  /** Everything asked that leaves no other trace, in order: 'sandbox', 'ready', 'show', 'beep' … */
  log: [] as string[],
  switches: {} as Record<string, string>,
  /** Answers that the test has laid ready for the next dialogs, each used once. */
  answers: [] as unknown[],
  /** Dialogs that were shown, with their options. */
  dialogs: [] as { kind: string; options: unknown }[],
  /** Refusals of a boundary; a test ends with none. */
  refusals: [] as string[],
};

export const note = (entry: string): void => void state.log.push(entry);

/** @throws as Electron does for what needs a ready application */
export function afterReady(what: string): void {
  if (!state.ready) throw new Error(`${what} cannot be used before the 'ready' event.`);
}

/** @throws as Electron does, and where it ignores the call in silence */
export function beforeReady(what: string): void {
  if (state.ready) throw new Error(`${what} must be called before the 'ready' event.`);
}

/** What Electron has and the stand-in has not is an error, never a silent `undefined`. */
export function strict<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get(target, key, receiver) {
      // Looked at by await, by the console and by ECMAScript itself.
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON')
        return Reflect.get(target, key, receiver);
      throw new Error(`The stand-in for Electron has no ${name}.${key}; add it, as strict as Electron.`);
    },
  });
}

/** The answer laid ready for a dialog; without one the dialog is closed, as by Escape. */
export function answerDialog<T>(kind: string, options: unknown, closed: T): T {
  state.dialogs.push({ kind, options });
  return state.answers.length > 0 ? (state.answers.shift() as T) : closed;
}
