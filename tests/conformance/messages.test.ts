/** Every text of the catalogue is asked for somewhere: read off the sources, where a key may be put together from parts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { en } from '../../src-shared/messages/en/index.ts';

const root = resolve(import.meta.dirname, '../..');

function keysOf(texts: object, path: string[] = []): string[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value) ? keysOf(value, [...path, name]) : [[...path, name].join('.')],
  );
}

const sources = ['src-shared', 'src-main', 'src-renderer']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name) && !entry.parentPath.includes('messages'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** Whole strings of the sources, and the fixed pieces of those with something put in. */
const strings = new Set<string>();
const templates: string[][] = [];
/** Names and words: what may be put into a template. */
const words = new Set<string>();

function collect(code: string): void {
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    if (ts.isIdentifier(node) || ts.isNumericLiteral(node)) words.add(node.text);
    if (ts.isTemplateExpression(node)) {
      templates.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', code, ts.ScriptTarget.Latest));
}

for (const text of sources) {
  const script = /<script[^>]*>([\s\S]*?)<\/script>/.exec(text);
  collect(script ? script[1] : text);
  if (!script) continue;
  // Of a page's template every bound expression, each a statement of its own.
  for (const [, bound, shown] of text
    .replace(script[0], '')
    .matchAll(/(?:[:@#]|v-)[\w:.-]+="([^"]*)"|\{\{([\s\S]*?)\}\}/g))
    collect(`(${bound ?? shown})`);
}

const patterns = templates
  .filter((pieces) => pieces.every((piece) => /^[\w.-]*$/.test(piece)) && pieces.join('').length > 1)
  .map((pieces) => new RegExp(`^${pieces.map((piece) => piece.replaceAll('.', '\\.')).join('([\\w.-]+)')}$`));

const isWord = (part: string): boolean => strings.has(part) || words.has(part);
const isSaid = (part: string): boolean =>
  isWord(part) ||
  part.split('.').every(isWord) ||
  patterns.some((pattern) => pattern.exec(part)?.slice(1).every(isWord) ?? false);
const isAsked = (key: string): boolean =>
  strings.has(key) ||
  patterns.some((pattern) => key.includes('.') && (pattern.exec(key)?.slice(1).every(isSaid) ?? false));

/** Read as an object, entry by entry: what to do with each segment. */
const readWhole = /^customers\.segments\.[\w-]+\.actions$/;

it('every text is asked for', () => {
  const keys = keysOf(en);
  expect(keys.length).toBeGreaterThan(1000);
  expect(keys.filter((key) => !readWhole.test(key) && !isAsked(key))).toEqual([]);
  expect(isAsked('screen.nothing.ofTheKind')).toBe(false);
  expect(isAsked('errors.never-thrown')).toBe(false);
});
