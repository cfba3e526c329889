/**
 * Runtimes of Electron as far as the packer looks at them: a program with the wire of fuses (Electron's documentation of
 * fuses) among its bytes, in the shape of each system. The Linux one starts, too: in the stand-in for Electron.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The sentinel, the wire's version and length, and every fuse on. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09${'1'.repeat(9)}`;
const standIn = resolve(import.meta.dirname, '..', 'stand-in', 'start.ts');

function write(path: string, content: string | Buffer): void {
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

/** @returns what electron-builder takes for `electronDist` */
export function linuxRuntime(folder: string): string {
  const script = [
    '#!/bin/sh',
    `# ${fuseWire}`,
    'here=$(dirname -- "$0")',
    // As Electron does: it calls itself packed, and takes its program from resources/app.asar.
    `STAND_IN_PACKAGED=1 exec '${process.execPath}' '${standIn}' "$here/resources/app.asar/out/main/electron.js" "$@"`,
  ].join('\n');
  write(join(folder, 'electron'), Buffer.from(`${script}\n`, 'latin1'));
  chmodSync(join(folder, 'electron'), 0o755);
  write(join(folder, 'chrome-sandbox'), '');
  write(join(folder, 'locales', 'en-US.pak'), '');
  write(join(folder, 'LICENSE'), '');
  return folder;
}

/** An empty Windows program that says who made it, as the packer wants to write its own name there. */
export function windowsRuntime(folder: string): string {
  // The packer's own library for such programs.
  const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { NtExecutable, NtExecutableResource, Resource } = createRequire(ofBuilder.resolve('app-builder-lib'))(
    'resedit',
  );
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = 1033;
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(Buffer.from(fuseWire, 'latin1'));
  write(join(folder, 'electron.exe'), Buffer.from(program.generate()));
  write(join(folder, 'locales', 'en-US.pak'), '');
  write(join(folder, 'LICENSE'), '');
  return folder;
}

const plist = (executable: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${executable}</string></dict></plist>`;

export function macRuntime(folder: string): string {
  const contents = join(folder, 'Electron.app', 'Contents');
  const frameworks = join(contents, 'Frameworks');
  write(join(contents, 'Info.plist'), plist('Electron'));
  write(join(contents, 'MacOS', 'Electron'), '');
  mkdirSync(join(contents, 'Resources'), { recursive: true });
  const helper = join(frameworks, 'Electron Helper.app', 'Contents');
  write(join(helper, 'Info.plist'), plist('Electron Helper'));
  write(join(helper, 'MacOS', 'Electron Helper'), '');
  write(join(frameworks, 'Electron Framework.framework', 'Electron Framework'), Buffer.from(fuseWire, 'latin1'));
  return folder;
}
