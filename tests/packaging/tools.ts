/**
 * The tools that electron-builder fetches, as programs that keep what they were given and make an empty file of the name
 * that was asked for. Each is named to electron-builder by the environment variable it has for that.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One call of a tool. */
export interface ToolCall {
  tool: string;
  args: string[];
  stdin: string;
  /**
   * Contents of the small files it was given, by the argument or, in a folder, the path that names them; the program
   * itself left out.
   */
  files: Record<string, string>;
}

export interface Tools {
  env: Record<string, string>;
  /** Calls so far. @param tool only those of this one */
  calls(tool: string): ToolCall[];
}

/** What every tool does; `make` names the files it makes, from its arguments. */
const body = (tool: string, log: string, make: string) => `#!${process.execPath}
const fs = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
const after = (name) => args[args.indexOf(name) + 1];
const stdin = args.includes('-') ? fs.readFileSync(0, 'utf8') : '';
const files = {};
const keep = (key, path) => {
  if (!fs.existsSync(path) || path.endsWith('/resources')) return;
  const stat = fs.lstatSync(path);
  if (stat.isDirectory()) for (const name of fs.readdirSync(path)) keep(key + '/' + name, join(path, name));
  else if (stat.isFile() && stat.size < 65536 && !/\\.(png|asar)$/.test(path)) files[key] = fs.readFileSync(path, 'utf8');
};
for (const arg of args) if (/^[./]/.test(arg) || arg.includes('=/')) keep(arg, arg.split('=/')[0]);
for (const path of ${make}) fs.writeFileSync(path, '');
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ tool: ${JSON.stringify(tool)}, args, stdin, files }) + '\\n');
`;

export function standInTools(folder: string): Tools {
  const log = join(folder, 'calls.jsonl');
  const place = (path: string, content: string): string => {
    const file = join(folder, path);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o755);
    return file;
  };
  const tool = (path: string, name: string, make: string) => place(path, body(name, log, make));
  // The uninstaller is made by running the first installer, in Wine; it is asked for by a path of Windows.
  const nsisFiles =
    `[args.find((arg) => arg.startsWith('-XOutFile ')).slice(11, -1), ...args.filter((arg) => arg.startsWith('-DUNINSTALLER_OUT_FILE=Z:'))` +
    `.map((arg) => arg.slice(25).replaceAll(/\\\\+/g, '/'))]`;
  tool('nsis/linux/makensis', 'makensis', nsisFiles);
  for (const part of ['appimage/desktop-file-validate', 'wine/lib/x', 'wine/wine-home/x', 'nsis-resources/plugins/x'])
    place(part, '');
  for (const arch of ['x64', 'arm64']) {
    place(`appimage/runtimes/runtime-${arch}`, '');
    place(`appimage/lib/${arch}/x`, '');
  }
  tool('appimage/mksquashfs', 'mksquashfs', '[args[1]]');
  tool('wine/bin/wine', 'wine', '[]');
  return {
    env: {
      CUSTOM_FPM_PATH: tool('fpm', 'fpm', "[after('--package')]"),
      APPIMAGE_TOOLS_PATH: join(folder, 'appimage'),
      ELECTRON_BUILDER_7ZIP_PATH: tool('7za', '7za', "args.filter((arg) => arg.endsWith('.7z'))"),
      ELECTRON_BUILDER_NSIS_DIR: join(folder, 'nsis'),
      ELECTRON_BUILDER_NSIS_RESOURCES_DIR: join(folder, 'nsis-resources'),
      ELECTRON_BUILDER_WINE_TOOLSET_DIR: join(folder, 'wine'),
      ELECTRON_BUILDER_OSSL_SIGNCODE_PATH: tool('osslsigncode', 'osslsigncode', "[after('-out')]"),
      CUSTOM_DMGBUILD_PATH: tool('dmgbuild', 'dmgbuild', '[args[3]]'),
    },
    calls: (name) =>
      (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])
        .map((line): ToolCall => JSON.parse(line))
        .filter(({ tool: own }) => own === name),
  };
}
