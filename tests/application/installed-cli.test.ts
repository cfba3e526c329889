import { describe, expect, it } from 'vitest';
import { commandLineOf } from '../../src-main/doors/installed-cli.ts';

describe('an installed program asked for its command line', () => {
  it.each([
    { given: ['--cli', '--', 'analyze', 'a.csv', '--out', 'b'], words: ['analyze', 'a.csv', '--out', 'b'] },
    { given: ['--cli', 'app.info', '{}'], words: ['app.info', '{}'] },
    // An AppImage's own script comes first with a switch of its own.
    { given: ['--no-sandbox', '--cli', '--', 'help'], words: ['help'] },
    { given: ['--cli', '--', '--', 'x'], words: ['--', 'x'] },
    { given: ['--cli'], words: [] },
    { given: [], words: null },
    { given: ['--no-sandbox'], words: null },
    { given: ['sales.csv'], words: null },
    // A file to open comes first, so what follows was not meant.
    { given: ['sales.csv', '--cli', '--', 'demo'], words: null },
    { given: ['--', '--cli'], words: null },
    { given: ['--store=x.db'], words: null },
  ])('$given → $words', ({ given, words }) => {
    expect(commandLineOf(['/opt/Salescope/salescope', ...given])).toEqual(words);
  });

  it('is not misled by its own name', () => {
    expect(commandLineOf(['--cli'])).toBeNull();
  });
});
