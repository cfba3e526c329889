/**
 * Makes out/ (main, preload, renderer, licences). With --if-needed only when a source is newer than the last whole build, and not
 * at all where the build tools are left out (`npm ci --omit=dev`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLicences } from './licences.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/**
 * Written last, dated to the build's start and holding the names of the sources: a build that broke off, a source saved
 * meanwhile, added or removed builds again.
 */
const stamp = join(root, 'out', '.built');
const inputs = [
  'src-shared',
  'src-main',
  'src-renderer',
  'scripts/licences.ts',
  'electron.vite.config.ts',
  'electron-builder.yml',
  'package.json',
  'package-lock.json',
];
// Written by the build itself.
const generated = new Set(['components.d.ts', 'auto-imports.d.ts']);

function sourceFiles(): string[] {
  return inputs.flatMap((input) => {
    if (!statSync(join(root, input)).isDirectory()) return [input];
    return readdirSync(join(root, input), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !generated.has(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  });
}

const names = (files: string[]) => files.sort().join('\n');

function isFresh(): boolean {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const files = sourceFiles();
  return (
    readFileSync(stamp, 'utf8') === names(files) &&
    files.every((file) => statSync(resolve(root, file)).mtimeMs <= built)
  );
}

async function build(): Promise<void> {
  const { build: buildAll } = await import('electron-vite');
  const started = new Date();
  const files = names(sourceFiles());
  rmSync(stamp, { force: true });
  process.chdir(root);
  await buildAll({ root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  writeLicences();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, files);
  utimesSync(stamp, started, started);
}

const ifNeeded = process.argv.includes('--if-needed');
if (!existsSync(join(root, 'node_modules', 'electron-vite'))) {
  console.error('The build tools are not installed, so the interface is not built. "npm ci" brings them.');
  process.exitCode = ifNeeded ? 0 : 1;
} else if (!ifNeeded || !isFresh()) {
  await build();
}
