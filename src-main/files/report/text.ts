/** The report's words and figures: the same catalogue and the same formats as the screen. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type { Translate } from '../../../src-shared/charts/chart.ts';
import type { Note, Settings } from '../../../src-shared/domain.ts';
import { createFormat, type Format, noteParams } from '../../../src-shared/format.ts';
import { en } from '../../../src-shared/messages/en/index.ts';
import { PrintableText } from './fonts.ts';

export interface ReportText {
  t: Translate;
  format: Format;
  note(note: Note): string;
  printable: PrintableText;
  /** Set where the locale's own letters are not in the report's font, so that figures are written in English. */
  localeNotPrintable: string | null;
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

/** The locale's months, weekdays, signs and digits are all in the font. */
function canPrint(format: Format): boolean {
  const months = Array.from({ length: 12 }, (_, i) => `2024-${String(i + 1).padStart(2, '0')}`);
  const probe = [
    ...months.flatMap((month) => [format.month(month), format.monthLong(month), format.day(`${month}-28`)]),
    ...Array.from({ length: 7 }, (_, i) => format.weekday(i)),
    ...[1_234_567_890, -1e9, 1e11, 1e14].flatMap((amount) => [format.money(amount), format.moneyShort(amount)]),
    format.change(-0.123),
    format.period('2024-01-02', '2025-03-04'),
  ];
  const trial = new PrintableText();
  for (const text of probe) trial.text(text);
  return trial.replaced.size === 0;
}

export function createReportText({ locale, currency }: Settings): ReportText {
  const printable = new PrintableText();
  const own = createFormat({ locale, currency });
  const fits = canPrint(own);
  const format = printableFormat(fits ? own : createFormat({ locale: 'en', currency }), printable);
  const t = translator('en');
  return {
    t,
    format,
    printable,
    localeNotPrintable: fits ? null : locale,
    note: ({ code, params }) => {
      const sentence = t(`notes.${code}`, noteParams(params, format));
      if (sentence !== `notes.${code}`) return printable.text(sentence);
      // A refusal has no text of its own: it carries the error's sentence.
      return typeof params.reason === 'string' ? params.reason : code;
    },
  };
}
