import { join } from 'node:path';
import { type AnalyzeInput, type AnalyzeOptions, analyzeFiles } from './analyze.ts';
import { openMadeFolder } from './made-folder.ts';
import { onStore } from './on-store.ts';
import { createSay } from './sentences.ts';
import type { Summary } from './summary.ts';

interface DemoBusiness {
  name: string;
  currency: string;
  locale: string;
}

/**
 * Writes the demo company's files into a folder that appears whole or not at all.
 * @returns names of the files, and the made-up business they belong to
 */
export async function writeDemoData(
  folder: string,
  seed: number,
  { onStep, signal }: AnalyzeOptions,
): Promise<{ names: string[]; business: DemoBusiness }> {
  const step = createSay({ locale: 'en', currency: null })('cli.demoStep');
  const made = openMadeFolder(folder);
  try {
    const onProgress = (progress: Parameters<NonNullable<AnalyzeOptions['onStep']>>[1]) => onStep?.(step, progress);
    onProgress(null);
    const files = await onStore(null, (call) => call('demo.files', { seed }, { signal, onProgress }));
    for (const { fileName, base64 } of files) made.write(fileName, Buffer.from(base64, 'base64'));
    made.publish();
    const truth = files.find(({ fileName }) => fileName === 'truth.json')!;
    return { names: made.names(), business: JSON.parse(Buffer.from(truth.base64, 'base64').toString()).business };
  } finally {
    made.discard();
  }
}

/** Makes the demo company in `<out>/data` and analyses it like any other business. */
export async function analyzeDemo(input: AnalyzeInput, options: AnalyzeOptions): Promise<Summary> {
  const folder = join(input.out, 'data');
  const { business } = await writeDemoData(folder, input.seed, options);
  const { name, currency, locale } = business;
  const settings = { businessName: name, currency, locale, ...input.settings };
  return analyzeFiles(
    { ...input, settings, files: [join(folder, 'sales.csv'), join(folder, 'customers.csv')] },
    options,
  );
}
