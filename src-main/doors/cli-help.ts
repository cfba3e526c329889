/** Help of the command line, read off the contract, the registry of models and the table of options. */
import { z } from 'zod';
import { contract, type MethodName } from '../../src-shared/contract.ts';
import type { ModelInfo } from '../../src-shared/domain.ts';
import { analyzeOptions } from './cli-options.ts';

const columns = (rows: [string, string][]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const verbs: [string, string][] = [
  ['analyze <file...> --out <folder>', 'Imports, cleans, segments, forecasts; writes the PDF, CSVs and summary.json.'],
  ['demo --out <folder>', 'Makes the demo company and analyses it. Takes the options of analyze.'],
  ['demo:data --out <folder> [--seed n]', "Writes the demo company's files, with a README of what is true of it."],
  ['methods', 'Lists the methods and the forecasting models.'],
  ["<method> ['<json>'] [--store file]", 'Asks one method; its answer is JSON on stdout.'],
  ['help [analyze|<method>]', 'This help, the options of analyze, or the input of a method.'],
];

const exits = '0 done, 1 failed, 2 wrong input, 130 cancelled (Ctrl-C)';

const methodRows = (): [string, string][] => Object.entries(contract).map(([name, { about }]) => [name, about]);

export function methodsText(models: ModelInfo[]): string {
  return [
    'Methods:',
    ...columns(methodRows()),
    '',
    'Forecasting models:',
    ...columns(models.map(({ id, about }) => [id, about])),
    '',
  ].join('\n');
}

export function helpText(version: string, models: ModelInfo[]): string {
  return [
    `salescope ${version} – forecasts sales and explains customers, offline`,
    '',
    'salescope …',
    ...columns(verbs),
    '',
    methodsText(models),
    'The store is --store, else SALESCOPE_STORE, else the one the window uses. Progress is written to stderr.',
    `Exit codes: ${exits}.`,
    '',
  ].join('\n');
}

export function analyzeHelp(): string {
  const rows = Object.entries(analyzeOptions).map(([name, { value, about }]): [string, string] => [
    `--${name}${value === null ? '' : ` ${value}`}`,
    about,
  ]);
  return ['salescope analyze <file...> --out <folder> [options]', '', ...columns(rows), ''].join('\n');
}

export function methodHelp(method: MethodName): string {
  const { about, input, where } = contract[method];
  const schema = JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), null, 2);
  return `${method} – ${about}\nRuns in: ${where}\nInput (JSON schema):\n${schema}\n`;
}

export const verbNames = ['analyze', 'demo', 'demo:data', 'methods', 'help'];
