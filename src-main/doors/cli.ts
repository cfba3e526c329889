#!/usr/bin/env node
/** The command line: one verb a friendly job, any other word a method of the contract. Results go to stdout, the rest to stderr. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contract, type Input, isMethodName, type MethodName } from '../../src-shared/contract.ts';
import type { ModelInfo } from '../../src-shared/domain.ts';
import { AppError, toAppError } from '../../src-shared/errors.ts';
import { analyzeFiles } from '../application/analyze.ts';
import { analyzeDemo, writeDemoData } from '../application/demo.ts';
import { openLog } from '../application/log.ts';
import { onStore } from '../application/on-store.ts';
import { createSay } from '../application/sentences.ts';
import type { Summary } from '../application/summary.ts';
import { version } from '../version.ts';
import { analyzeHelp, helpText, methodHelp, methodsText, verbNames } from './cli-help.ts';
import { type AnalyzeCommand, analyzeCommand } from './cli-options.ts';
import { createProgressLine } from './cli-progress.ts';
import { similarNames } from './similar-names.ts';
import { dataDirectory, storePath } from './store-path.ts';

const cancel = new AbortController();
const { signal } = cancel;
const progress = createProgressLine(process.stderr);
const onStep = progress.show;

const print = (text: string): boolean => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);

const models = (): Promise<ModelInfo[]> => onStore(null, (call) => call('forecast.models', {}));

/** What a person reads at the end: rows, the outcome, what was left out, where the files are. */
function report({ currency, locale, files, sentences, refusals, made }: Summary, folder: string): string {
  const say = createSay({ currency, locale });
  const rows = files.map(({ name, rows }) =>
    say('cli.rows', {
      file: name,
      read: rows.read,
      kept: rows.kept,
      setAside: rows.setAside,
      duplicates: rows.duplicates,
    }),
  );
  const messages = [...new Set(refusals.map(({ message }) => message))];
  const partsOf = (wanted: string) => refusals.filter(({ message }) => message === wanted).map(({ part }) => part);
  const left = messages.map((message) => say('cli.refused', { parts: partsOf(message).join(', '), message }));
  const written = say('cli.written', { folder });
  return [...rows, ...sentences, ...left, written, ...[...made, 'summary.json'].map((name) => `  ${name}`)].join('\n');
}

function finish(summary: Summary, { json, input }: AnalyzeCommand): void {
  progress.end();
  print(json ? JSON.stringify(summary, null, 2) : report(summary, input.out));
}

async function analyze(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void print(analyzeHelp());
  const command = analyzeCommand(args);
  finish(await analyzeFiles(command.input, { onStep, signal }), command);
}

async function demo(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void print(analyzeHelp());
  const command = analyzeCommand(args, 'demo');
  finish(await analyzeDemo(command.input, { onStep, signal }), command);
}

async function demoData(args: string[]): Promise<void> {
  const { input } = analyzeCommand(args, 'demo');
  const { names } = await writeDemoData(input.out, input.seed, { onStep, signal });
  progress.end();
  const say = createSay({ locale: 'en', currency: null });
  print([say('cli.written', { folder: input.out }), ...names.map((name) => `  ${name}`)].join('\n'));
}

async function help([topic]: string[]): Promise<void> {
  if (topic === 'analyze' || topic === 'demo' || topic === 'demo:data') return void print(analyzeHelp());
  if (topic !== undefined && isMethodName(topic)) return void print(methodHelp(topic));
  if (topic !== undefined && topic !== 'methods') throw unknownName(topic);
  print(helpText(version, await models()));
}

function unknownName(name: string): AppError {
  const near = similarNames(name, [...verbNames, ...Object.keys(contract)]);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '"salescope methods" lists them.';
  return new AppError('unknown-method', `There is no method "${name}". ${hint}`, { name, near });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'invalid-input',
      `The input is not JSON: ${(error as Error).message}. Write it in single quotes, such as '{"filter":{}}'.`,
    );
  }
}

function methodArguments(args: string[]): { text: string; store: string | undefined; wantsHelp: boolean } {
  try {
    const options = { store: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length > 1) throw new Error('Give the input as one JSON text in single quotes');
    return { text: positionals[0] ?? '{}', store: values.store, wantsHelp: values.help ?? false };
  } catch (error) {
    throw new AppError('invalid-input', `${(error as Error).message.split('. ')[0]}.`);
  }
}

async function method(name: MethodName, args: string[]): Promise<void> {
  const { text, store, wantsHelp } = methodArguments(args);
  if (wantsHelp) return void print(methodHelp(name));
  const input = readJson(text) as Input<MethodName>;
  const output = await onStore(storePath(store), (call) =>
    call(name, input, {
      signal,
      onProgress: (state) => (state.done > 0 || state.note !== '') && progress.show(name, state),
    }),
  );
  progress.end();
  print(JSON.stringify(output, null, 2));
}

const friendly: Record<string, (args: string[]) => Promise<void>> = {
  analyze,
  demo,
  'demo:data': demoData,
  help,
  '--help': help,
  '-h': help,
  methods: async () => void print(methodsText(await models())),
  '--version': async () => void print(version),
};

async function run([name = 'help', ...args]: string[]): Promise<void> {
  if (Object.hasOwn(friendly, name)) return friendly[name](args);
  if (isMethodName(name)) return method(name, args);
  throw unknownName(name);
}

const exitCodes: Partial<Record<AppError['code'], number>> = {
  'invalid-input': 2,
  'unknown-method': 2,
  cancelled: 130,
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output has seen enough (`| head`).
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.on('SIGINT', () => {
  // The second Ctrl-C does not wait for the work to be put away.
  if (signal.aborted) process.exit(130);
  cancel.abort();
});

try {
  await run(process.argv.slice(2));
} catch (error) {
  const fault = toAppError(error);
  const { code, message, details } = fault;
  if (code === 'internal') openLog(join(dataDirectory(), 'log')).failed(fault, `command line, ${process.argv[2]}`);
  progress.end();
  process.stderr.write(`salescope: ${message}\n`);
  if (code === 'internal' && process.env.SALESCOPE_DEBUG) process.stderr.write(`${details.stack}\n`);
  process.exitCode = exitCodes[code] ?? 1;
}
