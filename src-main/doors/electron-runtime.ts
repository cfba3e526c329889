/** Whether Electron's runtime is on this machine, and its one attempt to fetch itself. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

/**
 * The executable of Electron, or null. Electron's package must not be imported to find out: that would fetch it.
 * @param root the folder that holds node_modules.
 */
export function findElectron(root: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const home = join(root, 'node_modules', 'electron');
  const program = readText(join(home, 'path.txt'));
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!program && !override) return null;
  const path = join(override || join(home, 'dist'), program || 'electron');
  return existsSync(path) ? path : null;
}

const noteOf = (root: string) => join(root, 'node_modules', '.cache', 'salescope', 'electron-not-fetched.json');

/** Why an earlier start could not fetch this version; '' when none tried. */
function earlierFailure(root: string, version: string): string {
  const text = readText(noteOf(root));
  if (!text) return '';
  const note: { version?: string; reason?: string } = JSON.parse(text);
  return note.version === version ? (note.reason ?? '') : '';
}

function runInstaller(script: string, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    child.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(0, 4000);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve('');
      else if (signal) resolve(`not done after ${limitMs / 1000} seconds`);
      else resolve(said.split('\n')[0].trim() || `the installer ended with code ${code}`);
    });
  });
}

/**
 * Lets Electron's own installer fetch the runtime, once: a failure is noted beside the packages, so that later starts
 * do not wait for it again.
 * @returns '' when the runtime is there now, else the reason in a few words.
 */
export async function fetchElectron(root: string, limitMs = 20_000): Promise<string> {
  const home = join(root, 'node_modules', 'electron');
  const installer = join(home, 'install.js');
  if (!existsSync(installer)) return 'its package is not installed';
  const { version } = JSON.parse(readText(join(home, 'package.json')));
  const earlier = earlierFailure(root, version);
  if (earlier) return earlier;
  const reason = await runInstaller(installer, limitMs);
  if (reason) {
    mkdirSync(dirname(noteOf(root)), { recursive: true });
    writeFileSync(noteOf(root), JSON.stringify({ version, reason }));
  }
  return reason;
}
