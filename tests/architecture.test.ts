/** Holds DESIGN.md's walls: who may import whom, no cycles, the length of files and functions, the layout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { tableKindIds } from '../src-shared/domain.ts';
import { pages } from '../src-shared/pages.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const maxFileLines = 400;
const maxFunctionLines = 60;

function sourcesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const sources = ['src-shared', 'src-main', 'src-renderer'].flatMap(sourcesBelow);
const everything = [...sources, ...['tests', 'bench', 'scripts'].flatMap(sourcesBelow)];

/** The script of a file: all of a .ts, the <script> of a .vue. */
function scriptOf(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  return file.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text;
}

interface Import {
  from: string;
  /** Repository path for relative imports, else the package's name. */
  target: string;
  local: boolean;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, scriptOf(file), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const local = specifier.startsWith('.');
    const target = local ? relative(root, resolve(root, dirname(file), specifier.replace(/\?.*$/, ''))) : specifier;
    found.push({ from: file, target, local, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      add(node.moduleSpecifier.text, typeOnly);
    }
    if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      ts.isStringLiteral(node.arguments[0])
    ) {
      add(node.arguments[0].text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// How the interface is built is no part of it.
const imports = sources.filter((file) => file !== 'src-renderer/renderer.config.ts').flatMap(importsOf);
const inside = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const show = (found: Import[]) => found.map((one) => `${one.from} → ${one.target}`);

/** Imports from below `folder` that `allowed` refuses. */
const refused = (folder: string, allowed: (one: Import) => boolean) =>
  show(imports.filter((one) => inside(one.from, folder) && !allowed(one)));

describe('who may import whom', () => {
  it('finds imports at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });
  it('src-shared → itself and zod; chart.ts the types of the chart library', () => {
    const chartTypes = (one: Import) =>
      one.typeOnly && one.target === 'echarts' && one.from === 'src-shared/charts/chart.ts';
    expect(
      refused('src-shared', (one) =>
        one.local ? inside(one.target, 'src-shared') : one.target === 'zod' || chartTypes(one),
      ),
    ).toEqual([]);
  });
  it('src-renderer → itself, src-shared and packages of the browser', () => {
    const node = (target: string) => /^(node:|electron$|better-sqlite3$|pdfmake|yauzl|saxes|papaparse)/.test(target);
    expect(
      refused('src-renderer', (one) =>
        one.local ? inside(one.target, 'src-renderer', 'src-shared') : !node(one.target),
      ),
    ).toEqual([]);
  });
  it('engine → itself, src-shared and numeric libraries', () => {
    const numeric = /^(ml-|@tensorflow\/tfjs|@bsull\/augurs)/;
    expect(
      refused('src-main/engine', (one) =>
        one.local ? inside(one.target, 'src-main/engine', 'src-shared') : numeric.test(one.target),
      ),
    ).toEqual([]);
  });
  it('application → itself, store, worker/run (and the types of the tasks), shared', () => {
    const allowed = (one: Import) =>
      !one.local ||
      inside(
        one.target,
        'src-main/application',
        'src-main/store',
        'src-shared',
        'src-main/drafts.ts',
        'src-main/version.ts',
        'src-main/worker/run.ts',
      ) ||
      (one.typeOnly && inside(one.target, 'src-main'));
    expect(refused('src-main/application', allowed)).toEqual([]);
  });
  it('worker → store, files, engine, shared', () => {
    const allowed = (one: Import) =>
      !one.local ||
      inside(
        one.target,
        'src-main/worker',
        'src-main/store',
        'src-main/files',
        'src-main/engine',
        'src-main/drafts.ts',
        'src-main/version.ts',
        'src-shared',
      );
    expect(refused('src-main/worker', allowed)).toEqual([]);
  });
  it('store and files → themselves, engine, shared', () => {
    const allowed = (home: string) => (one: Import) =>
      !one.local ||
      inside(one.target, home, 'src-main/engine', 'src-main/drafts.ts', 'src-shared') ||
      (one.typeOnly && inside(one.target, 'src-main'));
    expect(refused('src-main/store', allowed('src-main/store'))).toEqual([]);
    expect(refused('src-main/files', allowed('src-main/files'))).toEqual([]);
  });
  it('doors → application and shared', () => {
    const allowed = (one: Import) =>
      !one.local ||
      inside(
        one.target,
        'src-main/doors',
        'src-main/application',
        'src-main/drafts.ts',
        'src-main/version.ts',
        'src-shared',
      );
    expect(refused('src-main/doors', allowed)).toEqual([]);
  });
  it('electron only in its two doors, better-sqlite3 only in the store, the chart library only in ChartView and the report', () => {
    const only = (target: RegExp, ...homes: string[]) =>
      show(imports.filter((one) => target.test(one.target) && !one.typeOnly && !inside(one.from, ...homes)));
    expect(only(/^electron$/, 'src-main/doors/electron.ts', 'src-main/doors/preload.ts')).toEqual([]);
    expect(only(/^better-sqlite3$/, 'src-main/store')).toEqual([]);
    expect(
      only(
        /^(vue-)?echarts/,
        'src-renderer/components/ChartView.vue',
        'src-renderer/components/chart-library.ts',
        'src-main/files',
      ),
    ).toEqual([]);
  });
  it('the page carries no schemas: from the contract it takes types alone', () => {
    const values = imports.filter(
      (one) => inside(one.from, 'src-renderer') && /^src-shared\/contract(\/|\.ts)/.test(one.target) && !one.typeOnly,
    );
    expect(show(values)).toEqual([]);
  });
  it('pages never import each other', () => {
    const page = (path: string) => /^src-renderer\/pages\/([^/]+)\//.exec(path)?.[1];
    expect(
      show(
        imports.filter((one) => page(one.from) && one.local && page(one.target) && page(one.from) !== page(one.target)),
      ),
    ).toEqual([]);
  });
  it('what a kind of table asks for stands in its file: nothing else looks at the kind', () => {
    const kind = `['"](${tableKindIds.join('|')})['"]`;
    const asked = new RegExp(`[kK]ind\\)?\\s*[!=]==?\\s*${kind}|${kind}\\s*[!=]==?\\s*[\\w.]*[kK]ind\\b|case ${kind}:`);
    const all = sources.filter((file) => !inside(file, 'src-main/files/import/kinds') && asked.test(scriptOf(file)));
    expect(all).toEqual([]);
  });
  it('no network beyond loopback in product code', () => {
    const asks = sources.filter(
      (file) =>
        !inside(file, 'src-renderer/client.ts') &&
        /\bfetch\(|XMLHttpRequest|new WebSocket|node:https|node:net'|node:dns/.test(scriptOf(file)),
    );
    expect(asks).toEqual([]);
  });
  it('no Math.random and no clock in the engine', () => {
    const impure = sources.filter(
      (file) =>
        inside(file, 'src-main/engine', 'src-shared') &&
        /Math\.random|Date\.now|new Date\(\)|performance\.now/.test(scriptOf(file)),
    );
    expect(impure).toEqual([]);
  });
});

describe('no cycles', () => {
  it('among the source files', () => {
    const edges = new Map<string, string[]>();
    for (const one of imports.filter((each) => each.local))
      edges.set(one.from, [...(edges.get(one.from) ?? []), one.target]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) return void cycles.push([...path.slice(at), file].join(' → '));
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of edges.keys()) walk(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('sizes', () => {
  const linesOf = (text: string) => text.split('\n').length - 1;

  it(`no file above ${maxFileLines} lines`, () => {
    const long = everything
      .map((file) => ({ file, lines: linesOf(readFileSync(join(root, file), 'utf8')) }))
      .filter(({ lines }) => lines > maxFileLines);
    expect(long).toEqual([]);
  });

  it(`no function above ${maxFunctionLines} lines`, () => {
    const long: string[] = [];
    for (const file of sources) {
      const source = ts.createSourceFile(file, scriptOf(file), ts.ScriptTarget.Latest, true);
      const line = (at: number) => source.getLineAndCharacterOfPosition(at).line + 1;
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) && 'body' in node && node.body) {
          const lines = line(node.getEnd()) - line(node.getStart(source)) + 1;
          if (lines > maxFunctionLines) long.push(`${file}:${line(node.getStart(source))} ${lines} lines`);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
    expect(long).toEqual([]);
  });
});

describe('layout', () => {
  it('files are kebab-case, Vue parts PascalCase, composables useX', () => {
    const name = (file: string) => file.split('/').at(-1)!;
    const bad = sources.filter((file) =>
      file.endsWith('.vue')
        ? !/^[A-Z][A-Za-z0-9]*\.vue$/.test(name(file))
        : !/^(use[A-Z][A-Za-z0-9]*|[a-z0-9]+(-[a-z0-9]+)*)(\.d|\.config)?\.ts$/.test(name(file)),
    );
    expect(bad).toEqual([]);
  });
  it('every page is in the list of pages, and every one of the list is there', () => {
    const folders = readdirSync(join(root, 'src-renderer/pages'));
    expect(folders.sort()).toEqual(pages.map(({ name }) => name as string).sort());
    for (const { name, path } of pages) {
      expect(existsSync(join(root, `src-renderer/pages/${name}/Page.vue`)), name).toBe(true);
      expect(path.split('/')[1], name).toBe(name === 'overview' ? '' : name);
    }
  });
  it('no drawer for odds and ends', () => {
    expect(
      everything.filter((file) =>
        /(utils?|helpers?|manager|service|misc|common)\.(ts|vue)$|\/(utils|helpers|services|common)\//i.test(file),
      ),
    ).toEqual([]);
  });
  it('the names at the top stand', () => {
    for (const file of [
      'package.json',
      'tsconfig.json',
      'electron-builder.yml',
      'README.md',
      'resources',
      'src-shared',
      'src-main',
      'src-renderer',
    ]) {
      expect(existsSync(join(root, file)), file).toBe(true);
    }
  });
});
