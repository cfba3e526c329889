/**
 * Each installer's configuration, run by electron-builder to its end with stand-ins for Electron's runtime and for the
 * tools that electron-builder fetches; without the tools, nothing but their downloads stops it.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Arch } from 'electron-builder';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  buildInstallers,
  makeInstaller,
  type Outcome,
  type System,
  summary,
  wantedInstallers,
} from '../../scripts/installers.ts';
import { isAllowed } from '../../scripts/licences.ts';
import { signingConfiguration, signingLine } from '../../scripts/signing.ts';
import { readAsar } from '../packaging/asar.ts';
import { linuxRuntime, macRuntime, windowsRuntime } from '../packaging/runtime.ts';
import { standInTools, type ToolCall, type Tools } from '../packaging/tools.ts';

const root = resolve(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'salescope-installers-'));
const output = join(folder, 'dist');
/** What electron-builder asked for where its tools lie for it to fetch. */
const asked: string[] = [];
let server: Server;
let tools: Tools;
const environment = { ...process.env };

const runtimes: Record<System, () => string> = {
  linux: () => linuxRuntime(join(folder, 'linux')),
  win: () => windowsRuntime(join(folder, 'win')),
  mac: () => macRuntime(join(folder, 'mac')),
};

/** Packs what of the program differs between systems (packaging.test packs all of it) and tries to make its installers. */
async function buildInVain(system: System): Promise<Outcome[]> {
  const wanted = (await wantedInstallers([system])).filter(({ arch }) => arch === Arch.x64);
  const files = ['!node_modules/!(better-sqlite3)/**', '!out/renderer/assets/**'];
  return buildInstallers(wanted, { output, config: { electronDist: runtimes[system](), files } });
}

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url as string);
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  tools = standInTools(join(folder, 'tools'));
});
beforeEach(() => {
  asked.length = 0;
  // Whatever certificates the developer of the day has: these builds are nobody's.
  for (const name of Object.keys(process.env)) if (/CSC_|^APPLE_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    ELECTRON_BUILDER_BINARIES_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ELECTRON_BUILDER_BINARIES_ALLOW_HTTP: 'true',
    ELECTRON_BUILDER_CACHE: join(folder, 'cache'),
  });
  for (const name of Object.keys(tools.env)) delete process.env[name];
});
afterAll(() => {
  server.close();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const lastCall = (tool: string): ToolCall => tools.calls(tool).at(-1) as ToolCall;
const made = (): string[] => readdirSync(output).sort();
const at = (...path: string[]) => join(output, 'unpacked', ...path);
const after = (words: string[], name: string) => words[words.indexOf(name) + 1];
const isExecutable = (path: string) => (statSync(path).mode & 0o111) === 0o111;
/** The database's files of one system, and nothing of the workshop, which a pattern of a single system could let in. */
function nativeFiles(resources: string): string[] {
  const names = [...readAsar(join(resources, 'app.asar')).files.keys()];
  const top = new Set(names.map((name) => name.split('/')[0]));
  expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
  return names.filter((name) => name.endsWith('.node'));
}
/** Contents of the one file whose name ends so. */
const fileOf = ({ files }: ToolCall, ending: string): string => {
  const found = Object.keys(files).filter((name) => name.endsWith(ending));
  expect(found).toHaveLength(1);
  return files[found[0]];
};

function expectOnlyDownloadsMissing(outcomes: Outcome[], ...files: string[]): void {
  const missing = { file: null, reason: expect.stringContaining(' could not be fetched: ') };
  expect(outcomes).toEqual(files.map(() => expect.objectContaining(missing)));
  expect(asked).toEqual(files.map((file) => expect.stringContaining(file)));
  expect(summary(outcomes)).toMatch(/^Made: nothing\. Not made: .*could not be fetched: /);
  // What could not be wrapped up stays, to be started from its folder.
  expect(made()).toEqual(['unpacked']);
}

/** The same installers once more, now with the tools. */
async function makeWithTools(outcomes: Outcome[], packed: string): Promise<void> {
  Object.assign(process.env, tools.env);
  for (const one of outcomes) expect(await makeInstaller(one, packed, { output })).toMatchObject({ reason: '' });
}

const reason = !existsSync(join(root, 'out', 'main', 'electron.js'))
  ? 'out/ is not built (npm run build)'
  : process.platform === 'linux'
    ? null
    : 'this is not Linux';
if (reason) console.warn(`SKIPPED: the installers, as ${reason}.`);

describe.skipIf(reason !== null)(
  'without the tools only their downloads are missing, with them each runs to its end',
  () => {
    it('on Linux: AppImage and .deb, with menu entry, file types and the command line on the path', async () => {
      const outcomes = await buildInVain('linux');
      expectOnlyDownloadsMissing(
        outcomes,
        '/appimage@1.0.3/appimage-tools-runtime-20251108.tar.gz',
        '/fpm@2.1.4/fpm-1',
      );
      const packed = at('linux-x64', 'linux-unpacked');
      const natives = nativeFiles(join(packed, 'resources')).map((name) => name.split('/').at(-1));
      expect(natives).toEqual(['linux-x64.node', 'linuxmusl-x64.node']);
      expect(isExecutable(join(packed, 'resources', 'bin', 'salescope'))).toBe(true);

      await makeWithTools(outcomes, packed);
      const names = [`Salescope-${version}-linux-amd64.deb`, `Salescope-${version}-linux-x86_64.AppImage`];
      expect(made()).toEqual([...names, 'unpacked']);
      const deb = lastCall('fpm');
      const entry = fileOf(deb, '.desktop=/usr/share/applications/salescope.desktop');
      for (const line of [
        'Name=Salescope',
        'Exec=/opt/Salescope/salescope %F',
        'StartupWMClass=salescope',
        'Categories=Office;Finance;',
        'MimeType=text/csv;text/tab-separated-values;application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;application/x-salescope;',
      ])
        expect(entry.split('\n')).toContain(line);
      expect(fileOf(deb, '.xml=/usr/share/mime/packages/salescope.xml')).toContain(
        '<mime-type type="application/x-salescope">\n  <glob pattern="*.salescope"/>',
      );
      expect(after(deb.args, '--maintainer')).toBe('Salescope developers <developers@salescope.example>');
      expect(after(deb.args, '--url')).toBe('https://salescope.example');
      expect(fileOf(deb, 'packaging/linux/salescope=/usr/bin/salescope')).toContain('/opt/Salescope/resources/bin/');
      const icon = '512x512.png=/usr/share/icons/hicolor/512x512/apps/salescope.png';
      expect(deb.args.filter((arg) => arg.endsWith(icon))).toHaveLength(1);
      const afterInstall = fileOf(deb, 'after-install.sh');
      expect(afterInstall).toContain("chmod 4755 '/opt/Salescope/chrome-sandbox'");
      expect(`${afterInstall}${fileOf(deb, 'after-remove.sh')}`).not.toMatch(/\$\{/);

      const image = lastCall('mksquashfs');
      expect(fileOf(image, 'salescope.desktop')).toContain('Exec=AppRun %U\n');
      expect(fileOf(image, 'usr/share/mime/packages/salescope.xml')).toContain('application/x-salescope');
    }, 60_000);

    it('on Windows: an installer that asks for no rights, owns .salescope, takes no other type over, and is signed', async () => {
      const outcomes = await buildInVain('win');
      expectOnlyDownloadsMissing(outcomes, '/7zip@1.0.0/7zip-linux-');
      const packed = at('win-x64', 'win-unpacked');
      expect(nativeFiles(join(packed, 'resources'))).toEqual(['node_modules/better-sqlite3/prebuilds/win32-x64.node']);
      const cmd = readFileSync(join(packed, 'resources', 'bin', 'salescope.cmd'), 'latin1');
      expect(cmd).toContain('"%~dp0..\\..\\Salescope.exe" --cli -- %*\r\n');
      expect(readFileSync(join(packed, 'Salescope.exe'), 'utf16le')).toContain('Salescope developers');

      // Base64 of something long enough to be taken for a certificate; the signing tool is a stand-in, too.
      process.env.WIN_CSC_LINK = Buffer.alloc(3000, 7).toString('base64');
      process.env.WIN_CSC_KEY_PASSWORD = 'secret';
      await makeWithTools(outcomes, packed);
      expect(made()).toEqual([`Salescope-${version}-win-x64.exe`, 'unpacked']);
      const { args, stdin } = lastCall('makensis');
      expect(args).toContain('-DONE_CLICK');
      expect(args.filter((arg) => /INSTALL_MODE_PER_ALL_USERS|ELEVATION/.test(arg))).toEqual([]);
      expect(stdin.match(/!insertmacro APP_ASSOCIATE .*/g)).toEqual([
        expect.stringMatching(/APP_ASSOCIATE "salescope" "Salescope.Company" "Salescope company".*document\.ico/),
      ]);
      expect(stdin).toContain('packaging/windows/open-with.nsh');
      const openWith = readFileSync(join(root, 'packaging', 'windows', 'open-with.nsh'), 'utf8');
      for (const type of ['.csv', '.tsv', '.xlsx']) expect(openWith).toContain(`!insertmacro listTable "${type}"`);
      const signed = tools.calls('osslsigncode').map((call) => call.args);
      expect(signed.map((words) => after(words, '-in').split('/').at(-1))).toEqual([
        `Salescope-${version}-win-x64.__uninstaller.exe`,
        `Salescope-${version}-win-x64.exe`,
      ]);
      for (const words of signed) expect([after(words, '-h'), after(words, '-pass')]).toEqual(['sha256', 'secret']);
    }, 60_000);

    it('on macOS: a disk image of a program that owns .salescope, views tables and carries the hash of its archive', async () => {
      const outcomes = await buildInVain('mac');
      expectOnlyDownloadsMissing(outcomes, '/dmg-builder@1.2.5/dmgbuild-bundle-');
      const packed = at('mac-x64', 'mac', 'Salescope.app');
      const resources = join(packed, 'Contents', 'Resources');
      expect(nativeFiles(resources)).toEqual(['node_modules/better-sqlite3/prebuilds/darwin-x64.node']);
      expect(isExecutable(join(resources, 'bin', 'salescope'))).toBe(true);
      const plist = readFileSync(join(packed, 'Contents', 'Info.plist'), 'utf8').replaceAll(/>\s+</g, '><');
      const dictionaries = plist.match(/<dict>(?:(?!<\/?dict>).)*<\/dict>/g)!;
      const typeOf = (extension: string) => dictionaries.find((one) => one.includes(`<string>${extension}</string>`));
      expect(typeOf('salescope')).toMatch(/document\.icns.*Editor.*Owner/);
      for (const extension of ['csv', 'tsv', 'xlsx']) expect(typeOf(extension)).toMatch(/Viewer.*Alternate/);
      expect(plist).toContain('<key>ElectronAsarIntegrity</key>');
      expect(plist).toContain('<string>public.app-category.business</string>');

      await makeWithTools(outcomes, packed);
      expect(made()).toEqual([`Salescope-${version}-mac-x64.dmg`, 'unpacked']);
      const { contents } = JSON.parse(fileOf(lastCall('dmgbuild'), '.json'));
      expect(contents.map((one: { name?: string; path: string }) => one.name ?? one.path)).toEqual([
        'Salescope.app',
        '/Applications',
      ]);
    }, 60_000);
  },
);

describe('without the runtime', () => {
  it('nothing is packed, every installer names the file that could not be fetched, and no folder is left', async () => {
    const mirror = { ELECTRON_MIRROR: process.env.ELECTRON_BUILDER_BINARIES_MIRROR, electron_config_cache: folder };
    Object.assign(process.env, mirror);
    const wanted = (await wantedInstallers(['linux'])).filter(({ arch }) => arch === Arch.arm64);
    const outcomes = await buildInstallers(wanted, { output });
    const reason = expect.stringMatching(/^electron-v[\d.]+-linux-arm64\.zip could not be fetched: /);
    expect(outcomes).toEqual(wanted.map((one) => ({ ...one, file: null, reason })));
    expect(made()).toEqual([]);
  }, 60_000);
});

describe('signing', () => {
  it('is asked for by the environment alone, and its absence is said in one line', () => {
    expect(signingLine(['linux'], {})).toBeNull();
    expect(signingLine(['win', 'mac'], {})).toBe(
      'Windows: unsigned (WIN_CSC_LINK is not set); macOS: unsigned, so not notarised (CSC_LINK is not set).',
    );
    expect(signingLine(['mac'], { CSC_LINK: 'x' })).toMatch(/^macOS: signed, not notarised/);
    expect(signingLine(['win', 'mac'], { CSC_LINK: 'x', APPLE_ID: 'a' })).toBeNull();
    expect(signingConfiguration('mac', {})).toEqual({ mac: { identity: '-', notarize: false } });
    expect(signingConfiguration('mac', { CSC_LINK: 'x' })).toEqual({});
    expect(signingConfiguration('win', {})).toEqual({});
  });
});

describe('licences', () => {
  it.each([
    ['MIT', true],
    ['MIT OR GPL-3.0', true],
    ['MIT AND GPL-3.0', false],
    ['(MIT AND Zlib)', true],
    ['GPL-3.0', false],
    ['MPL-2.0', false],
    ['UNLICENSED', false],
  ])('%s may be packed: %s', (expression, answer) => {
    expect(isAllowed(expression)).toBe(answer);
  });
});
