/** The installers' configuration without Electron's runtime: its schema, what is packed, the fuses, and that it runs. */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, type Configuration, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'salescope-pack-'));
const fakeElectron = join(folder, 'electron');
const resources = join(folder, 'dist', 'linux-unpacked', 'resources');
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;

/** What electron-builder looks for in a runtime: a program with the fuse wire (Electron's documentation of fuses), all at 'on'. */
function makeFakeElectron(): void {
  mkdirSync(join(fakeElectron, 'locales'), { recursive: true });
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  writeFileSync(join(fakeElectron, 'electron'), Buffer.from(`program ${sentinel}\x01\x09111111111 end`, 'latin1'));
  writeFileSync(join(fakeElectron, 'locales', 'en-US.pak'), '');
  writeFileSync(join(fakeElectron, 'LICENSE'), '');
}

function pack(extra: Record<string, unknown> = {}): Promise<string[]> {
  const config = {
    electronDist: fakeElectron,
    directories: { output: join(folder, 'dist') },
    ...extra,
  } as Configuration;
  return build({ projectDir: root, targets: Platform.LINUX.createTarget('dir', arch), config });
}

interface AsarNode {
  files?: Record<string, AsarNode>;
  offset?: string;
  size?: number;
  unpacked?: boolean;
}

/** The archive's files by path (an asar is: 8 bytes, the header's length in the last 4, a pickled JSON, the contents). */
function readAsar(): { files: Map<string, AsarNode>; contentOf: (node: AsarNode) => Buffer } {
  const bytes = readFileSync(join(resources, 'app.asar'));
  const start = 8 + bytes.readUInt32LE(4);
  const files = new Map<string, AsarNode>();
  const walk = (node: AsarNode, path: string): void => {
    if (!node.files) return void files.set(path, node);
    for (const [name, below] of Object.entries(node.files)) walk(below, path ? `${path}/${name}` : name);
  };
  walk(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))), '');
  return {
    files,
    contentOf: ({ offset, size = 0 }) => bytes.subarray(start + Number(offset), start + Number(offset) + size),
  };
}

beforeAll(makeFakeElectron);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("electron-builder's schema", () => {
  it('refuses an option it does not know, before anything is fetched', async () => {
    await expect(pack({ noSuchOption: true })).rejects.toThrow(/unknown property 'noSuchOption'/);
  });
});

const built = existsSync(join(root, 'out', '.built'));
if (!built || process.platform !== 'linux')
  console.warn('SKIPPED: packing, as out/ is not built (npm run build) or this is not Linux.');

describe.skipIf(!built || process.platform !== 'linux')('a packed Salescope', () => {
  let archive: ReturnType<typeof readAsar>;
  let names: string[];
  beforeAll(async () => {
    await pack();
    archive = readAsar();
    names = [...archive.files.keys()];
  }, 240_000);

  it('holds the program, its interface and its packages, and nothing of the workshop', () => {
    for (const file of [
      'package.json',
      'out/main/electron.js',
      'out/main/thread.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'resources/icons/icon.png',
    ]) {
      expect(names, file).toContain(file);
    }
    const top = new Set(names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
    const unwanted =
      /^node_modules\/(node-(linux|win)-|electron\b(?!-log)|vite|vue|@nuxt|typescript|tailwindcss|exceljs|playwright)|\.map$|\.d\.ts$/;
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

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(resources, '..', 'salescope'));
    const on = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  });

  it('does its work with the packed files alone: store, both threads, training engine, report', async () => {
    const app = join(folder, 'app');
    for (const [name, node] of archive.files) {
      const target = join(app, name);
      mkdirSync(dirname(target), { recursive: true });
      if (node.unpacked) copyFileSync(join(resources, 'app.asar.unpacked', name), target);
      else writeFileSync(target, archive.contentOf(node));
    }
    const call = async (method: string, input: unknown = {}) => {
      const args = [
        join(app, 'out', 'main', 'cli.js'),
        method,
        JSON.stringify(input),
        '--store',
        join(folder, 'store.db'),
      ];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1e9 });
      return JSON.parse(stdout);
    };
    expect(await call('engine.info')).toMatchObject({ id: 'wasm' });
    expect((await call('demo.load')).length).toBeGreaterThan(0);
    const report = await call('report.pdf', { frequency: 'month', horizon: 3, model: 'seasonal-naive' });
    expect(Buffer.from(report.base64, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
  }, 180_000);
});
