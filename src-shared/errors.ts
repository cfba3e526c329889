/** Every code the program can answer with; the interface has one sentence for each. */
export const errorCodes = [
  'invalid-input',
  'unknown-method',
  'not-found',
  'no-data',
  'not-enough-data',
  'file-not-readable',
  'file-not-understood',
  'file-too-new',
  'store-damaged',
  'store-foreign',
  'store-empty',
  'store-newer',
  'store-busy',
  'store-read-only',
  'disk-full',
  'import-busy',
  'cancelled',
  'worker-died',
  'engine-unavailable',
  'model-failed',
  'forbidden',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The one error class: thrown where the cause is known, never swallowed, carried by every door. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  /** @param message one sentence for a person: what is wrong, where, how to mend it. */
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  toJSON(): ErrorFrame {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/** An error as it crosses a thread or a door. */
export interface ErrorFrame {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown>;
}

/** Turns anything thrown into an AppError; unknown errors keep their text under 'internal'. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error) return new AppError('internal', error.message, { stack: error.stack ?? '' });
  return new AppError('internal', String(error));
}

/** Rebuilds the error on the other side of a thread or a door. */
export function fromErrorFrame(frame: ErrorFrame): AppError {
  return new AppError(frame.code, frame.message, frame.details);
}
