/** What the desktop remembers of its user on this machine: the window's place, the last folder saved to, recent files. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DesktopNotes {
  bounds: Rectangle | null;
  maximized: boolean;
  saveFolder: string | null;
  /** Paths of imported files, newest first. */
  recent: string[];
}

const nothing: DesktopNotes = { bounds: null, maximized: false, saveFolder: null, recent: [] };
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function checked(said: Partial<DesktopNotes>): DesktopNotes {
  const { x, y, width, height } = Object(said.bounds) as Rectangle;
  return {
    bounds: [x, y, width, height].every(isNumber) ? { x, y, width, height } : null,
    maximized: said.maximized === true,
    saveFolder: typeof said.saveFolder === 'string' ? said.saveFolder : null,
    recent: Array.isArray(said.recent) ? said.recent.filter((path) => typeof path === 'string') : [],
  };
}

export interface NotePad {
  readonly notes: DesktopNotes;
  write(change: Partial<DesktopNotes>): void;
}

/** @param folder where they lie; notes that cannot be read or written are as if nothing had been noted */
export function openNotes(folder: string): NotePad {
  const path = join(folder, 'desktop.json');
  let notes = nothing;
  try {
    notes = checked(JSON.parse(readFileSync(path, 'utf8')));
  } catch {}
  return {
    get notes() {
      return notes;
    },
    write(change) {
      notes = { ...notes, ...change };
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.new`, JSON.stringify(notes), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {}
    },
  };
}
