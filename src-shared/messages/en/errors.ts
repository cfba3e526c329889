import type { ErrorCode } from '../../errors.ts';

/** One title for each error code; the program's own sentence stands below it. */
export const errors = {
  'invalid-input': 'Something entered cannot be used',
  'unknown-method': 'This version of Salescope cannot do that',
  'not-found': 'Not found',
  'no-data': 'There are no sales for this choice',
  'not-enough-data': 'There is not enough data for this yet',
  'file-not-readable': 'The file cannot be read',
  'file-not-understood': 'The file was read but not understood',
  'file-too-new': 'This was written by a newer Salescope',
  'store-damaged': 'Your data are damaged',
  'store-foreign': 'This is not a store of Salescope',
  'store-empty': 'The store is empty',
  'store-newer': 'This was written by a newer Salescope',
  'store-busy': 'Another Salescope is working on these data',
  'store-read-only': 'These data cannot be changed here',
  'disk-full': 'The disk is full',
  'import-busy': 'Another import is still running',
  cancelled: 'Cancelled – nothing was changed',
  'worker-died': 'The calculation stopped unexpectedly',
  'engine-unavailable': 'The training engine is not available',
  'model-failed': 'The model could not be fitted',
  forbidden: 'This is not allowed',
  internal: 'Something went wrong inside Salescope',
} satisfies Record<ErrorCode, string>;
