import type { z } from 'zod';
import { AppError } from '../../src-shared/errors.ts';

type Issue = z.ZodError['issues'][number];

/** What would be right instead of a value that a contract refuses; the schema's own words where they say it already. */
function wordsOf(issue: Issue): string {
  // A schema with words of its own says more than the kind of the fault.
  if (!/^(Too |Invalid |Unrecognized )/.test(issue.message)) return issue.message;
  if (issue.code === 'too_small' && issue.origin === 'number') return `must be at least ${issue.minimum}.`;
  if (issue.code === 'too_big' && issue.origin === 'number') return `must be at most ${issue.maximum}.`;
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'must be a whole number.';
  if (issue.code === 'invalid_type') return `is missing or no ${issue.expected}.`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map((one) => `"${String(one)}"`).join(', ')}.`;
  if (issue.code === 'unrecognized_keys') return `knows no ${issue.keys.map((key) => `"${key}"`).join(', ')}.`;
  return issue.message;
}

/** The sentence for an input that a method's contract does not allow: which method, which value, and what it must be. */
export function refuseInput(method: string, { issues }: z.ZodError): AppError {
  const found = issues.map((issue) => ({ path: issue.path.join('.'), message: wordsOf(issue) }));
  const where = found.map(({ path, message }) => `${path === '' ? 'It' : path} ${message}`);
  return new AppError('invalid-input', `${method} cannot use this input: ${where.join(' ')}`, { issues: found });
}
