/** A packed Salescope without Electron's runtime: what is in it, its fuses, that its window opens and its command line works. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, type Configuration, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherLicences } from '../../scripts/licences.ts';
import type { Call } from '../../src-shared/contract.ts';
import { callThroughBridge } from '../interface/page-call.ts';
import { whyNot } from '../interface/window.ts';
import { type Asar, openAsar } from '../packaging/asar.ts';
import { linuxRuntime } from '../packaging/runtime.ts';
import { launchStandIn, type StandIn } from '../stand-in/launch.ts';

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'salescope-pack-'));
const unpacked = join(folder, 'dist', 'linux-unpacked');
const resources = join(unpacked, 'resources');
const program = join(unpacked, 'salescope');
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;

function pack(extra: Record<string, unknown> = {}): Promise<string[]> {
  const config = {
    electronDist: linuxRuntime(join(folder, 'electron')),
    directories: { output: join(folder, 'dist') },
    ...extra,
  } as Configuration;
  return build({ projectDir: root, targets: Platform.LINUX.createTarget('dir', arch), config });
}

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe("electron-builder's schema", () => {
  it('refuses an option it does not know, before anything is fetched', async () => {
    await expect(pack({ noSuchOption: true })).rejects.toThrow(/unknown property 'noSuchOption'/);
  });
});

const built = existsSync(join(root, 'out', '.built'));
const reason = !built ? 'out/ is not built (npm run build)' : process.platform !== 'linux' ? 'this is not Linux' : null;
if (reason) console.warn(`SKIPPED: packing, as ${reason}.`);

describe.skipIf(reason !== null)('a packed Salescope', () => {
  let archive: Asar;
  let names: string[];
  beforeAll(async () => {
    await pack();
    archive = openAsar(join(resources, 'app.asar'));
    names = [...archive.files.keys()];
  }, 240_000);

  it('holds the program, its interface and its packages, and nothing of the workshop', () => {
    for (const file of [
      'package.json',
      'out/main/electron.js',
      'out/main/thread.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
    ]) {
      expect(names, file).toContain(file);
    }
    const top = new Set(names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
    expect(names.filter((name) => name.startsWith('resources/'))).toEqual(['resources/icons/icon.png']);
    const unwanted =
      /^node_modules\/(node-(linux|win)-|electron\b(?!-log)|vite|vue|@nuxt|typescript|tailwindcss|exceljs|playwright)|\.map$|\.d\.ts$|^out\/(\.|bundled|licences\.txt)/;
    expect(names.filter((name) => unwanted.test(name))).toEqual([]);
  });

  it('has its native and WASM files outside the archive, those of this platform only', () => {
    const outside = names.filter((name) => archive.files.get(name)?.unpacked && /\.(node|wasm)$/.test(name));
    expect(outside.sort()).toEqual([
      'node_modules/@bsull/augurs-prophet-wasmstan/prophet-wasmstan.core.wasm',
      'node_modules/@bsull/augurs-prophet-wasmstan/prophet-wasmstan.core2.wasm',
      'node_modules/@bsull/augurs/ets_bg.wasm',
      'node_modules/@bsull/augurs/mstl_bg.wasm',
      'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
      `node_modules/better-sqlite3/prebuilds/linuxmusl-${process.arch}.node`,
    ]);
    expect(names.filter((name) => /\.(node|wasm)$/.test(name)).sort()).toEqual(outside);
    for (const name of outside) expect(existsSync(join(resources, 'app.asar.unpacked', name))).toBe(true);
  });

  it('says whose work it carries: every package, each with its licence, and none that is not there', () => {
    const said = gatherLicences();
    const list = JSON.parse(archive.contentOf('out/licences.json').toString()) as typeof said;
    expect(list).toEqual(said.map(({ name, version, licence }) => ({ name, version, licence })));
    const key = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
    const isRoot = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/;
    const packed = names
      .filter((name) => isRoot.test(name))
      .map((name) => JSON.parse(archive.contentOf(name).toString()));
    const bundled = said.filter((one) => one.where === 'bundled').map(key);
    const beside = said.filter((one) => one.where === 'packed').map(key);
    expect([...new Set(packed.map(key))].sort()).toEqual([...new Set(beside)].sort());
    expect(bundled.some((one) => one.startsWith('@nuxt/ui@'))).toBe(true);
    expect(bundled.some((one) => one.startsWith('@iconify-json/lucide@'))).toBe(true);
    const texts = readFileSync(join(resources, 'licences.txt'), 'utf8');
    for (const { name, version, licence } of said) expect(texts).toContain(`\n${name} ${version} · ${licence}\n`);
    expect(texts).toContain('SIL OPEN FONT LICENSE');
    expect(texts).toContain('LICENSES.chromium.html');
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(program);
    const on = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  });

  it('answers on the command line, through its own script and a link to it, with the exit code', async () => {
    const link = join(folder, 'salescope');
    symlinkSync(join(resources, 'bin', 'salescope'), link);
    const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: join(folder, 'cli') };
    const run = (...words: string[]) => promisify(execFile)(link, words, { cwd: folder, env, maxBuffer: 1e9 });
    const store = join(folder, 'cli.db');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(JSON.parse((await run('app.info', '{}', '--store', store)).stdout)).toMatchObject({ version });
    // The second looks like an address, behind which Electron takes no more words.
    for (const word of ['no.method', 'no:method'])
      await expect(run(word, 'more')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(word) });
    expect((await run('--version')).stdout.trim()).toBe(version);
    // No profile of a window was made.
    expect(existsSync(join(folder, 'cli', 'Salescope', 'window'))).toBe(false);
  });

  const noBrowser = whyNot('stand-in');
  if (noBrowser) console.warn(`SKIPPED: the packed window, as ${noBrowser}.`);

  describe.skipIf(noBrowser !== null)('started', () => {
    let standIn: StandIn;
    let call: Call;
    beforeAll(async () => {
      const env = { XDG_DATA_HOME: join(folder, 'data'), STAND_IN_DOWNLOADS: folder };
      standIn = await launchStandIn({ main: program, packed: true, env });
      call = callThroughBridge(standIn.page);
    });
    afterAll(() => standIn?.close());

    it('opens its window, and both threads work there: store, every WASM engine, report', async () => {
      await standIn.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await call('engine.info', {})).toMatchObject({ id: 'wasm' });
      expect((await call('demo.load', {})).length).toBeGreaterThan(0);
      // This model starts with augurs and fits with Stan, both WASM.
      const report = await call('report.pdf', { frequency: 'month', horizon: 3, model: 'prophet' });
      expect(Buffer.from(report.base64, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
      expect(await standIn.tell('refusals')).toEqual([]);
    }, 120_000);
  });

  it('names the file when an engine of the installation is damaged', async () => {
    const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
    truncateSync(join(resources, 'app.asar', wasm), 1000);
    const words = ['engine.info', '{}', '--store', join(folder, 'cli.db')];
    const failed = await promisify(execFile)(join(resources, 'bin', 'salescope'), words).catch((error) => error);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining(join('app.asar', wasm)) });
  });
});
