import { useI18n } from 'vue-i18n';
import type { Backup } from '../../src-shared/domain.ts';
import { createFormat, type Format } from '../../src-shared/format.ts';
import { sentenceCase } from '../../src-shared/rule-sentence.ts';
import { useWorkspace } from '../stores/workspace.ts';

const dayMs = 86_400_000;

/** Copies in words, each with money in its own currency; also where no settings can be read. */
export function useCopyText() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const formats = new Map<string, Format>();

  function formatIn(currency: string | null): Format {
    const locale = workspace.settings?.locale ?? navigator.language;
    const key = `${locale} ${currency}`;
    const format = formats.get(key) ?? createFormat({ locale, currency });
    formats.set(key, format);
    return format;
  }

  /** 'today, 18:02', 'yesterday, 18:02', '9 Dec 2011, 18:02' */
  function when(moment: string): string {
    const format = formatIn(null);
    const time = format.localTime(moment);
    const day = format.localDay(moment);
    const now = Date.now();
    if (day === format.localDay(new Date(now).toISOString())) return t('screen.store.today', { time });
    if (day === format.localDay(new Date(now - dayMs).toISOString())) return t('screen.store.yesterday', { time });
    return t('screen.store.moment', { day, time });
  }

  const title = ({ madeAt, reason }: Backup): string =>
    `${sentenceCase(when(madeAt))} · ${t(`screen.store.reason.${reason}`)}`;

  /** What a copy holds. @param named whether copies of several companies lie together */
  function holds({ businessName, currency, lines, revenue, lastImport }: Backup, named: boolean): string {
    const format = formatIn(currency);
    const parts = [
      named ? businessName : '',
      t('screen.store.lines', { n: format.number(lines) }, lines),
      revenue === null || lines === 0 ? '' : t('screen.store.revenue', { money: format.money(revenue) }),
      lastImport
        ? t('screen.store.lastImport', { name: lastImport.fileName, when: when(lastImport.importedAt) })
        : t('screen.store.noImport'),
    ];
    return parts.filter(Boolean).join(' · ');
  }

  const place = ({ bytes, folder }: Backup): string =>
    t('screen.store.place', { size: formatIn(null).bytes(bytes), folder });

  return { formatIn, when, title, holds, place };
}
