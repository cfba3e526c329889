/** The compiler itself refuses what the contract does not hold: each snippet is compiled with the project's own options. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const prelude = `
import type { Call, MethodsAt } from '${root}/src-shared/contract.ts';
import type { MainHandler, MainHandlers } from '${root}/src-main/application/handler.ts';
import type { DataMethods } from '${root}/src-main/worker/tasks/data.ts';
declare const call: Call;
declare const handlers: MainHandlers;
declare const data: DataMethods;
export const names: MethodsAt<'main'>[] = [];
export type Handler = MainHandler<'forecast.run'>;
`;

const snippets: Record<string, { code: string; refused: boolean }> = {
  'a right call': {
    code: `export const x: Promise<number> = call('overview.get', {}).then((o) => o.total.orders);`,
    refused: false,
  },
  'an unknown method': { code: `export const x = call('overview.got', {});`, refused: true },
  'a wrong input': { code: `export const x = call('forecast.run', { horizon: 'thirty' });`, refused: true },
  'an input too many': { code: `export const x = call('app.info', { verbose: true });`, refused: true },
  'a wrong output': {
    code: `export const x: Promise<string> = call('overview.get', {}).then((o) => o.total.orders);`,
    refused: true,
  },
  'a right handler table': { code: `export const x: MainHandlers = { ...handlers };`, refused: false },
  'a missing handler': {
    code: `const { 'forecast.run': gone, ...rest } = handlers; export const x: MainHandlers = rest; export { gone };`,
    refused: true,
  },
  'a handler with a wrong output': { code: `export const x: Handler = async () => 42;`, refused: true },
  'a missing task': {
    code: `const { 'overview.get': gone, ...rest } = data; export const x: DataMethods = rest; export { gone };`,
    refused: true,
  },
};

it('refuses what the contract does not hold and takes what it holds', () => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const files = new Map(
    Object.entries(snippets).map(([name, { code }], i) => [
      join(root, `tests/application/snippet-${i}.ts`),
      { name, text: prelude + code },
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file)!.text, ts.ScriptTarget.Latest)
      : getSourceFile.call(host, file, ...rest);
  host.fileExists = (file) => files.has(file) || fileExists.call(host, file);
  host.readFile = (file) => files.get(file)?.text ?? readFile.call(host, file);
  const program = ts.createProgram([...files.keys()], options, host);
  const outcome = Object.fromEntries(
    [...files].map(([file, { name }]) => [
      name,
      program.getSemanticDiagnostics(program.getSourceFile(file)).length > 0,
    ]),
  );
  expect(outcome).toEqual(Object.fromEntries(Object.entries(snippets).map(([name, { refused }]) => [name, refused])));
});
