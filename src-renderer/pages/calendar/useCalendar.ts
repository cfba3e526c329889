import { computed, ref, shallowRef } from 'vue';
import type { Input } from '../../../src-shared/contract.ts';
import type { CalendarEvent, ImportResult, SetAsideRow } from '../../../src-shared/domain.ts';
import { call, prepareFile } from '../../client.ts';
import { useAction } from '../../composables/useAction.ts';
import { useCall } from '../../composables/useCall.ts';
import { useWorkspace } from '../../stores/workspace.ts';

export type EventDraft = Input<'calendar.addEvent'>;

/** What became of the rows of a file of events. */
export interface ImportedEvents {
  result: ImportResult;
  /** The first rows set aside. */
  setAside: SetAsideRow[];
}

const rowsShown = 100;

/** Everything that changes the calendar; afterwards every figure is asked anew. */
function useCalendarChanges() {
  const workspace = useWorkspace();
  const { busy, error, act } = useAction();
  const imported = shallowRef<ImportedEvents | null>(null);

  /** False where the change was refused. */
  async function change(work: () => Promise<unknown>): Promise<boolean> {
    await act(work);
    await workspace.load();
    return error.value === null;
  }

  const set = (patch: Input<'settings.set'>): Promise<boolean> => change(() => call('settings.set', patch));

  /** Keeps one event (new without an id) and, where it is given, its copy of next year. */
  const keep = (id: number | null, draft: EventDraft, copy: EventDraft | null): Promise<boolean> =>
    change(async () => {
      if (id === null) await call('calendar.addEvent', draft);
      else await call('calendar.changeEvent', { id, ...draft });
      if (copy) await call('calendar.addEvent', copy);
    });

  const remove = ({ id }: CalendarEvent): Promise<boolean> => change(() => call('calendar.removeEvent', { id }));

  const importFile = (file: File): Promise<boolean> =>
    change(async () => {
      imported.value = null;
      const result = await call('import.run', { file: await prepareFile(file), options: { kind: 'events' } });
      const aside = await call('import.setAside', { importId: result.id, offset: 0, limit: rowsShown });
      imported.value = { result, setAside: result.alreadyImported ? [] : aside.rows };
    });

  return { error, busy, imported, set, keep, remove, importFile };
}

/** The calendar of the whole business, and the year that is shown. */
export function useCalendar() {
  const answer = useCall('calendar.get', () => ({}));
  const days = useCall('series.get', () =>
    (answer.data.value?.firstDay ?? null) === null ? null : { frequency: 'day' },
  );
  const chosen = ref<number | null>(null);

  /** The years of the data and the one after them. */
  const years = computed(() => {
    const { firstDay, lastDay } = answer.data.value ?? {};
    if (!firstDay || !lastDay) return [];
    const first = Number(firstDay.slice(0, 4));
    return Array.from({ length: Number(lastDay.slice(0, 4)) + 2 - first }, (_, i) => first + i);
  });
  const year = computed(() => chosen.value ?? years.value.at(-2) ?? null);
  const chooseYear = (one: number): void => {
    chosen.value = one;
  };

  return { answer, days, years, year, chooseYear, ...useCalendarChanges() };
}
