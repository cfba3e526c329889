/** The report's words and figures: the same catalogue and the same formats as the screen. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type { Translate } from '../../src-shared/charts/chart.ts';
import type { Note, Settings } from '../../src-shared/domain.ts';
import { createFormat, type Format, noteParams } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';
import { PrintableText } from './report-fonts.ts';

export interface ReportText {
  t: Translate;
  format: Format;
  note(note: Note): string;
  printable: PrintableText;
}

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** A number named `n` among the parameters chooses between the forms of a message ('one day | {n} days'). */
function translator(locale: string): Translate {
  const context = createCoreContext({
    locale,
    fallbackLocale: 'en',
    messages: { en },
    missingWarn: false,
    fallbackWarn: false,
  });
  return (key, params = {}) => {
    const plural = typeof params.n === 'number' ? [params.n] : [];
    return translate(context, key, params, ...(plural as [])) as string;
  };
}

/** Every figure passes through here, so that a currency sign without a glyph is replaced and counted as well. */
function printableFormat(format: Format, printable: PrintableText): Format {
  const wrapped = Object.entries(format).map(([key, value]) => [
    key,
    typeof value === 'function'
      ? (...args: never[]) => printable.text((value as (...a: never[]) => string)(...args))
      : value,
  ]);
  return Object.fromEntries(wrapped) as Format;
}

export function createReportText({ locale, currency }: Settings): ReportText {
  const printable = new PrintableText();
  const format = printableFormat(createFormat({ locale, currency }), printable);
  const t = translator('en');
  return {
    t,
    format,
    printable,
    note: ({ code, params }) => {
      const sentence = t(`notes.${code}`, noteParams(params, format));
      if (sentence !== `notes.${code}`) return printable.text(sentence);
      // A refusal has no text of its own: it carries the error's sentence.
      return typeof params.reason === 'string' ? params.reason : code;
    },
  };
}
