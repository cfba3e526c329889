/**
 * The command line inside the installed program: `<program> --cli -- analyze sales.csv --out results`. A runtime that may
 * be used as Node would run anybody's code under the program's name, so the program answers itself, without a window.
 */

/**
 * The words after `--cli`; null where the window is wanted. Launchers put switches of their own first, as an AppImage
 * does; a file to open is no switch, and nothing behind it is looked at. `--` keeps the words from Chromium, which would
 * take some for its own and refuse others that look like an address (`demo:data`).
 * @param argv of a packed program: its own path, then what it was given
 */
export function commandLineOf(argv: string[]): string[] | null {
  const at = argv.findIndex((arg, i) => i > 0 && (arg === '--cli' || arg === '--' || !arg.startsWith('-')));
  if (argv[at] !== '--cli') return null;
  const words = argv.slice(at + 1);
  return words[0] === '--' ? words.slice(1) : words;
}

/** What is still on its way to a pipe would be lost when the process ends. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> => new Promise((done) => stream.write('', () => done()));

/**
 * Runs the command line and ends the process with its exit code. To be awaited while the main module loads: Electron
 * looks for a screen only afterwards, so none is needed, and neither the lock nor the profile of the window is touched.
 */
export async function runCommandLine(words: string[]): Promise<never> {
  process.argv = [process.argv[0], 'salescope', ...words];
  // As the `salescope` of a checkout: it reads process.argv, works to its end and leaves the exit code.
  await import('./cli.ts');
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(Number(process.exitCode ?? 0));
}
