import { type Cell, ownText } from './table-rows.ts';

/** Numbers texts in order of appearance; 0 is the missing one. */
export class TextDictionary {
  readonly texts: string[] = [''];
  private readonly ids = new Map<string, number>([['', 0]]);

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    const id = this.texts.length;
    this.texts.push(own);
    this.ids.set(own, id);
    return id;
  }
}

/** An id, code or name as text: spaces around it taken off, and the '.0' that programs add to whole numbers. */
export function idText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  const text = first <= 32 || last <= 32 || first === 0xa0 || last === 0xa0 ? cell.trim() : cell;
  return last === 48 && text.endsWith('.0') && /^-?\d+\.0$/.test(text) ? text.slice(0, -2) : text;
}

/** Remembers the last cell seen, as exports repeat invoice, customer and country line after line. */
export class IdColumn {
  readonly dictionary = new TextDictionary();
  private lastCell: Cell | undefined = '';
  private lastId = 0;
  private readonly normalise: (cell: Cell | undefined) => string;

  constructor(normalise: (cell: Cell | undefined) => string = idText) {
    this.normalise = normalise;
  }

  idOf(cell: Cell | undefined): number {
    if (cell === this.lastCell) return this.lastId;
    this.lastId = this.dictionary.idOf(this.normalise(cell));
    this.lastCell = cell;
    return this.lastId;
  }
}

/** Adds a cell to a 32-bit hash (FNV-1a over its characters, with an end mark so that cells do not run together). */
export function hashCell(hash: number, cell: Cell | undefined): number {
  const text = typeof cell === 'string' ? cell : String(cell ?? '');
  let result = hash;
  for (let i = 0; i < text.length; i++) result = Math.imul(result ^ text.charCodeAt(i), 16_777_619);
  return Math.imul(result ^ 0x1f, 16_777_619);
}
/** Adds cells without anything in them, as `hashCell` does one by one. */
export function hashBlankCells(hash: number, count: number): number {
  let result = hash;
  for (let i = 0; i < count; i++) result = Math.imul(result ^ 0x1f, 16_777_619);
  return result;
}
export const hashStart = 0x811c9dc5 | 0;
