/**
 * Runs electron-builder: packs the program once for each system and processor, then makes each installer by itself from
 * that folder, so that one that cannot be made stands in nobody's way, and each says why.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, archFromString, build, type Configuration, Packager, Platform } from 'electron-builder';
import { signingConfiguration } from './signing.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Wanted {
  platform: Platform;
  arch: Arch;
  /** electron-builder's name of the kind of installer. */
  target: string;
}

export interface Outcome extends Wanted {
  /** Where the installer is; null: it was not made. */
  file: string | null;
  /** Why not, in a few words; '' for one that was made. */
  reason: string;
}

export interface InstallerOptions {
  /** Where installers go; emptied first. */
  output: string;
  /** What is to differ from electron-builder.yml. */
  config?: Configuration;
}

const systems = { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC };
export type System = keyof typeof systems;
export const systemNames = Object.keys(systems) as System[];

const systemOf = (platform: Platform): System => platform.buildConfigurationKey as System;

/** The installers that electron-builder.yml names. */
export async function wantedInstallers(names: System[]): Promise<Wanted[]> {
  const packager = new Packager({ projectDir: root });
  await packager.validateConfig();
  return names.flatMap((name) => {
    const targets = [packager.config[name]?.target ?? []].flat();
    return targets.flatMap((target) => {
      if (typeof target === 'string') throw new Error(`electron-builder.yml names no processors for ${target}.`);
      const archs = [target.arch ?? []].flat().map(archFromString);
      return archs.map((arch) => ({ platform: systems[name], arch, target: target.target }));
    });
  });
}

interface FetchError extends Error {
  code?: string;
  options?: { url?: URL | string };
}

/** Which file could not be fetched and why; null where the error is of another kind. */
function failedDownload(error: FetchError): string | null {
  const url = error.options?.url;
  if (!url || !/^(RequestError|HTTPError|TimeoutError|ReadError)$/.test(error.name)) return null;
  return `${basename(String(url))} could not be fetched: ${error.message}`;
}

const reasonOf = (error: unknown): string => failedDownload(error as FetchError) ?? (error as Error).message;

/** @returns the packed program */
async function pack({ platform, arch }: Wanted, folder: string, config: Configuration): Promise<string> {
  let packed = '';
  await build({
    projectDir: root,
    targets: platform.createTarget('dir', arch),
    config: {
      ...config,
      directories: { output: folder },
      afterPack: ({ appOutDir, packager }) => {
        packed = platform === Platform.MAC ? join(appOutDir, `${packager.appInfo.productFilename}.app`) : appOutDir;
      },
    },
  });
  // Notes that electron-builder leaves beside the program for its own developers.
  for (const note of ['builder-debug.yml', 'builder-effective-config.yaml'])
    rmSync(join(folder, note), { force: true });
  return packed;
}

/** @returns the installer's file */
async function wrap(
  { platform, arch, target }: Wanted,
  packed: string,
  { output, config }: InstallerOptions,
): Promise<string> {
  // Beside the folder: electron-builder leaves notes of its own there, which nobody needs.
  const scratch = `${dirname(packed)}-${target}`;
  try {
    const made = await build({
      projectDir: root,
      prepackaged: packed,
      targets: platform.createTarget(target, arch),
      config: { ...config, directories: { output: scratch } },
    });
    if (made.length !== 1) throw new Error(`${target} made ${made.length} files instead of one.`);
    const file = join(output, basename(made[0]));
    renameSync(made[0], file);
    return file;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param packed the packed program: a folder, on macOS the .app */
export async function makeInstaller(wanted: Wanted, packed: string, options: InstallerOptions): Promise<Outcome> {
  try {
    return { ...wanted, file: await wrap(wanted, packed, options), reason: '' };
  } catch (error) {
    return { ...wanted, file: null, reason: reasonOf(error) };
  }
}

/** Installers of one system and processor. A program that could be packed and not wrapped up stays as its folder. */
async function buildTogether(wanted: Wanted[], { output, config = {} }: InstallerOptions): Promise<Outcome[]> {
  const [{ platform, arch }] = wanted;
  const folder = join(output, 'unpacked', `${systemOf(platform)}-${Arch[arch]}`);
  const effective = { ...config, ...signingConfiguration(systemOf(platform)) };
  let packed: string;
  try {
    packed = await pack(wanted[0], folder, effective);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return wanted.map((one) => ({ ...one, file: null, reason: reasonOf(error) }));
  }
  const outcomes: Outcome[] = [];
  for (const one of wanted) outcomes.push(await makeInstaller(one, packed, { output, config: effective }));
  if (outcomes.every(({ file }) => file !== null)) rmSync(folder, { recursive: true, force: true });
  return outcomes;
}

export async function buildInstallers(wanted: Wanted[], options: InstallerOptions): Promise<Outcome[]> {
  rmSync(options.output, { recursive: true, force: true });
  mkdirSync(options.output, { recursive: true });
  const groups = Map.groupBy(wanted, ({ platform, arch }) => `${systemOf(platform)} ${arch}`);
  const outcomes: Outcome[] = [];
  for (const group of groups.values()) outcomes.push(...(await buildTogether(group, options)));
  const unpacked = join(options.output, 'unpacked');
  if (existsSync(unpacked) && readdirSync(unpacked).length === 0) rmdirSync(unpacked);
  return outcomes;
}

const titleOf = ({ target, arch }: Wanted): string => `${target} ${Arch[arch]}`;

/** One line: what was made, what was not and why. */
export function summary(outcomes: Outcome[]): string {
  const made = outcomes.filter(({ file }) => file !== null).map(({ file }) => basename(file as string));
  const missing = Map.groupBy(
    outcomes.filter(({ file }) => file === null),
    ({ reason }) => reason.split('\n')[0],
  );
  const whys = [...missing].map(([reason, group]) => `${group.map(titleOf).join(', ')} (${reason})`);
  const parts = [`Made: ${made.length > 0 ? made.join(', ') : 'nothing'}.`];
  if (whys.length > 0) parts.push(`Not made: ${whys.join('; ')}.`);
  return parts.join(' ');
}
