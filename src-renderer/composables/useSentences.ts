import { useI18n } from 'vue-i18n';
import type { CleaningRules, Note } from '../../src-shared/domain.ts';
import type { AppError } from '../../src-shared/errors.ts';
import { noteParams } from '../../src-shared/format.ts';
import { useFormat } from './useFormat.ts';

/** Turns notes, errors and rules into sentences in the business's language. */
export function useSentences() {
  const { t, te } = useI18n();
  const format = useFormat();

  function note(item: Note): string {
    const params = noteParams(item.params, format.value);
    return te(`notes.${item.code}`) ? t(`notes.${item.code}`, params) : item.code;
  }

  /** Title in words for the code, and the program's own sentence. */
  function error(thrown: AppError): { title: string; description: string } {
    return { title: t(`errors.${thrown.code}`), description: thrown.message };
  }

  /** The rules a figure was made under, in one line. */
  function rules(of: CleaningRules): string {
    const names = (Object.keys(of) as (keyof CleaningRules)[]).map((rule) =>
      t(`screen.rules.short.${rule}.${of[rule]}`),
    );
    return names.filter(Boolean).join(' · ');
  }

  return { note, error, rules };
}
