/** Last part: where the figures come from, what was left out and why, and what made the report. */
import type { Content } from 'pdfmake/interfaces.js';
import type { CleaningEffects, ImportRecord, SetAsideReason } from '../../../src-shared/domain.ts';
import { heading, section, sentence, shortened, small, table, together } from './blocks.ts';
import type { ReportData } from './data.ts';
import type { ReportText } from './text.ts';

export function notesPart(data: ReportData, text: ReportText): Content[] {
  const { t } = text;
  return [
    section(t('report.notes.title')),
    ...rulesInWords(data, text),
    heading(t('report.notes.imports')),
    ...importsPart(data.imports, text),
    together(t('report.notes.cleaning'), cleaningTable(data.cleaning, text), small(t('report.notes.cleaningAbout'))),
    together(t('report.notes.made'), ...madeOf(data, text).map(sentence)),
  ];
}

function rulesInWords({ overview, settings }: ReportData, { t, format }: ReportText): Content[] {
  const asOf = overview
    ? [t(settings.asOf ? 'report.notes.asOfChosen' : 'report.notes.asOfLast', { day: format.day(overview.asOf) })]
    : [];
  return [...asOf, t(`report.cancellations.${settings.rules.cancellations}`), t('report.notes.money')].map(sentence);
}

/** read = kept + set aside + duplicates, for every import. */
function importsPart(imports: ImportRecord[], { t, format }: ReportText): Content[] {
  if (imports.length === 0) return [sentence(t('report.notes.noImports'))];
  const columns = ['read', 'kept', 'setAside', 'duplicates'] as const;
  const rows = imports.map((one) => [
    shortened(one.fileName, 60),
    format.period(one.firstDay, one.lastDay),
    ...columns.map((column) => format.number(one[column])),
  ]);
  return [
    table(
      [
        { title: t('report.notes.file') },
        { title: t('report.notes.period') },
        ...columns.map((column) => ({ title: t(`report.notes.${column}`), figure: true })),
      ],
      rows,
    ),
    small(t('report.notes.accounting')),
    ...setAsideSentence(imports, { t, format }).map(small),
  ];
}

/** Rows set aside over all imports, by reason; nothing when there are none. */
function setAsideSentence(imports: ImportRecord[], { t, format }: Pick<ReportText, 't' | 'format'>): string[] {
  const byReason = new Map<SetAsideReason, number>();
  for (const { setAsideByReason } of imports) {
    for (const [reason, count] of Object.entries(setAsideByReason) as [SetAsideReason, number][]) {
      byReason.set(reason, (byReason.get(reason) ?? 0) + count);
    }
  }
  const parts = [...byReason].map(([reason, count]) => `${t(`report.reasons.${reason}`)} ${format.number(count)}`);
  return parts.length > 0 ? [t('report.notes.setAsideReasons', { reasons: parts.join(', ') })] : [];
}

function cleaningTable(
  { effects, allLines, allMoney, usedLines, usedMoney }: CleaningEffects,
  { t, format }: ReportText,
): Content {
  const rows = effects.map((effect) => [
    t(`report.rules.${effect.rule}`),
    t(`report.choices.${effect.choice}`),
    format.number(effect.lines),
    format.money(effect.money),
    format.number(effect.decidedLines),
    format.money(effect.decidedMoney),
  ]);
  const sums = [
    [t('report.notes.allLines'), '', format.number(allLines), format.money(allMoney), '', ''],
    [t('report.notes.usedLines'), '', format.number(usedLines), format.money(usedMoney), '', ''],
  ];
  const figures = ['lines', 'amount', 'decidedLines', 'decidedAmount'];
  return table(
    [
      { title: t('report.notes.rule') },
      { title: t('report.notes.choice'), width: 'auto' },
      ...figures.map((id) => ({ title: t(`report.notes.${id}`), figure: true })),
    ],
    [...rows, ...sums],
    (i) => i >= rows.length,
  );
}

function madeOf(
  { forecast, engine, seed, appVersion }: ReportData,
  { t, format, printable, localeNotPrintable }: ReportText,
): string[] {
  const lines: string[] = [];
  if (appVersion) lines.push(t('report.notes.version', { version: appVersion }));
  if (forecast) lines.push(t('report.notes.model', { model: forecast.chosenName, engine: forecast.engine }));
  if (engine) {
    const { id, version, reason, detail = '' } = engine;
    const why = t(`screen.settings.engine.${reason}`, { detail });
    lines.push(t('report.notes.engine', { engine: id, version, reason: why }));
  }
  if (forecast && seed !== undefined) lines.push(t('report.notes.seed', { seed: String(seed) }));
  lines.push(t('report.notes.repeatable'));
  if (localeNotPrintable) lines.push(t('report.notes.localeNotPrintable', { locale: localeNotPrintable }));
  if (printable.replaced.size > 0)
    lines.push(
      t('report.notes.replaced', { n: printable.replaced.size, count: format.number(printable.replaced.size) }),
    );
  return lines;
}
