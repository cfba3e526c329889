/**
 * Whose work an installed Salescope carries and on what terms: the last step of a build. Walks the packages that are packed
 * or bundled (the bundler's own lists in out/bundled/), refuses what its terms or its silence do not let us hand on, and
 * writes out/licences.json (names, versions, licences: what Help shows) and out/licences.txt (every text).
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Terms under which others' work may go along with a program that is sold or given away, whole or changed: they ask for
 * their text and the author's name, which licences.txt gives.
 */
const allowed = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache-2.0 WITH LLVM-exception',
  'BlueOak-1.0.0',
  'Zlib',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  // Fonts: they may be packed with a program, not sold alone.
  'OFL-1.1',
  // Data alone, here the dates of holidays gathered from Wikipedia: attribution is what it asks for.
  'CC-BY-3.0',
]);
// Not here: MPL, LGPL and GPL ask for more than a text. None is packed; one that comes in is to be looked at first.

/** What a package itself leaves out; taken from its text or its source's own LICENSE. */
const named: Record<string, { licence?: string; holder?: string }> = {
  'png-js': { licence: 'MIT' },
  'vaul-vue': { licence: 'MIT', holder: '2025 unovue' },
  '@iconify-json/lucide': { holder: 'Lucide Contributors; parts are from Feather, Copyright (c) Cole Bemis (MIT)' },
};

/** Bundled without a module of its own: the icons' drawings, written into the page's script by the icon plugin. */
const bundledBySight = ['@iconify-json/lucide'];

interface Manifest {
  name: string;
  version: string;
  license?: string | { type: string };
  licenses?: { type: string }[];
  author?: string | { name: string };
  repository?: string | { url: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

interface Licence {
  name: string;
  version: string;
  licence: string;
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const manifestOf = (folder: string): Manifest => JSON.parse(read(folder, 'package.json'));

/** As Node looks for a package: in the node_modules of each folder on the way up. */
function findPackage(from: string, name: string): string | null {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
  }
  return null;
}

/** Packages that electron-builder.yml leaves out whole. */
function leftOut(): string[] {
  const lines = read(root, 'electron-builder.yml').matchAll(/^ *- '!(node_modules\/.+)\/\*\*'$/gm);
  return [...lines].map(([, glob]) => glob);
}

/** Folders of the packages that are packed beside the bundle. */
function packedFolders(): string[] {
  const globs = leftOut();
  const found = new Set<string>();
  const walk = (folder: string): void => {
    const { dependencies, optionalDependencies } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const below = findPackage(folder, name);
      // The packer lays packages side by side at the top wherever it can, and leaves out by that place.
      const isOut = globs.some((glob) => matchesGlob(`node_modules/${name}`, glob));
      if (below === null || isOut || found.has(below)) continue;
      found.add(below);
      walk(below);
    }
  };
  walk(root);
  return [...found];
}

function bundledFolders(): string[] {
  const lists = join(root, 'out', 'bundled');
  if (!existsSync(join(lists, 'renderer')))
    throw new Error('What is bundled is not known: out/bundled/ is missing. Run "npm run build".');
  const listed = readdirSync(lists).flatMap((name) => read(lists, name).split('\n').filter(Boolean));
  return [...listed, ...bundledBySight.map((name) => join(root, 'node_modules', name))];
}

function licenceId({ name, license, licenses }: Manifest): string | undefined {
  const said =
    typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' OR '));
  return said?.replace(/^\((.*)\)$/, '$1') || named[name]?.licence;
}

/** One of two suffices where the author leaves the choice; where both hold, both must be allowed. */
export const isAllowed = (expression: string): boolean =>
  expression.split(' OR ').some((choice) => choice.split(' AND ').every((id) => allowed.has(id.replace(/[()]/g, ''))));

const textName = /^(un)?licen[cs]e|^copying|^notice/i;

/** Every text the package brings: its licence, its fonts', its notice. */
function ownTexts(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => textName.test(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (!statSync(path).isDirectory()) return [read(path)];
      return readdirSync(path).map((inner) => read(path, inner));
    });
}

/** Packages that only name their licence get its standard text, with the name they give. */
function standardText({ name, author, repository }: Manifest, licence: string): string | null {
  const file = ['MIT', 'ISC', 'Apache-2.0'].find((id) => licence.split(/ OR | AND /).includes(id));
  if (!file) return null;
  const source = typeof repository === 'string' ? repository : repository?.url;
  const said = typeof author === 'string' ? author : author?.name;
  const holder = named[name]?.holder ?? said ?? `the authors of ${name} (${source})`;
  return `Copyright (c) ${holder}\n\n${read(root, 'packaging', 'licences', `${file}.txt`)}`;
}

interface Found extends Licence {
  /** Beside the bundle, inside it, or the runtime and the program themselves. */
  where: 'packed' | 'bundled' | 'program';
  text: string;
}

function licenceOf(folder: string, where: Found['where']): Found {
  const manifest = manifestOf(folder);
  const { name, version } = manifest;
  const licence = licenceId(manifest);
  if (!licence)
    throw new Error(`${name} ${version} names no licence. Look it up at its source and say it in scripts/licences.ts.`);
  if (!isAllowed(licence))
    throw new Error(
      `${name} ${version} is licensed as ${licence}, which scripts/licences.ts does not allow. Read its terms, then allow it there or leave the package out.`,
    );
  const own = ownTexts(folder);
  const text = own.length > 0 ? own.join('\n\n') : standardText(manifest, licence);
  if (text === null)
    throw new Error(`${name} ${version} brings no text of its licence (${licence}). Add one to packaging/licences/.`);
  return { name, version, licence, where, text: text.trim() };
}

const chromiumNote =
  "Electron contains Chromium and Node.js. Their authors' texts are in the file LICENSES.chromium.html, which lies beside " +
  'the program (on macOS in its Contents/Resources).';

/** Salescope and Electron first, then the packages by name. */
export function gatherLicences(): Found[] {
  const own = licenceOf(root, 'program');
  const electron = licenceOf(join(root, 'node_modules', 'electron'), 'program');
  const packages = [
    ...bundledFolders().map((folder) => licenceOf(folder, 'bundled')),
    ...packedFolders().map((folder) => licenceOf(folder, 'packed')),
  ];
  const byKey = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  const sorted = [...byKey.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    { ...own, name: 'Salescope' },
    { ...electron, name: 'Electron', text: `${electron.text}\n\n${chromiumNote}` },
    ...sorted,
  ];
}

/** @throws Error naming the package whose licence is missing or not among the allowed */
export function writeLicences(): void {
  const found = gatherLicences();
  const list = found.map(({ name, version, licence }): Licence => ({ name, version, licence }));
  const entries = list.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
  writeFileSync(join(root, 'out', 'licences.json'), `[\n${entries}\n]\n`);
  const line = '-'.repeat(100);
  const texts = found.map(
    ({ name, version, licence, text }) => `${line}\n${name} ${version} · ${licence}\n\n${text}\n`,
  );
  writeFileSync(join(root, 'out', 'licences.txt'), texts.join('\n'));
}
