import { posix } from 'node:path';
import { AppError } from '../../../../src-shared/errors.ts';
import type { Pause } from '../pace.ts';
import { attributeOf, longestText, PiecedText, unescapeText, XmlStream } from './xml-stream.ts';
import { kindOfFormat, kindsOfStyles, type NumberKind } from './xlsx-styles.ts';
import { damaged, ZipParts } from './zip-parts.ts';

export interface WorkbookSheet {
  name: string;
  hidden: boolean;
  part: string;
  /** Compressed size, for progress. */
  bytes: number;
}

export interface Workbook {
  zip: ZipParts;
  sheets: WorkbookSheet[];
  date1904: boolean;
  styles: NumberKind[];
  /** Read once, when the first sheet is. */
  strings: string[] | null;
  stringsPart: string | null;
}

const mostStringCharacters = 150_000_000;

type Open = (name: string, attributes: string) => void;

/** Reads one part of the workbook; `pause` runs between its chunks. Answers whether the part is there. */
async function readPart(
  zip: ZipParts,
  part: string,
  pause: Pause,
  open: Open,
  close: (name: string) => void = () => {},
  text: (text: string) => void = () => {},
): Promise<boolean> {
  const entry = zip.find(part);
  if (!entry) return false;
  const xml = new XmlStream(zip.name, { open, close, text });
  for await (const chunk of zip.chunks(entry)) {
    xml.write(chunk);
    await pause();
  }
  xml.end();
  return true;
}

/** What a zip container is when it is no Excel workbook, in words. */
async function refuseOther(zip: ZipParts): Promise<never> {
  const parts = [...zip.parts.keys()];
  const refuse = (found: string, mend: string): AppError =>
    new AppError('file-not-understood', `${zip.name} is ${found}. ${mend}`, { fileName: zip.name, found });
  const mimetype = zip.find('mimetype');
  if (mimetype) {
    let type = '';
    for await (const chunk of zip.chunks(mimetype)) {
      type = chunk.toString('latin1', 0, 200);
      break;
    }
    if (type.includes('opendocument.spreadsheet'))
      throw refuse('an OpenDocument spreadsheet (.ods)', 'Save it as .xlsx or CSV and import that file.');
    throw refuse('an OpenDocument file without a spreadsheet', 'Export the sales as CSV or .xlsx.');
  }
  if (parts.includes('xl/workbook.bin'))
    throw refuse('a binary Excel workbook (.xlsb)', 'Save it as .xlsx in Excel and import that file.');
  if (parts.some((part) => part.startsWith('word/')))
    throw refuse('a Word document', 'Export the sales as CSV or .xlsx.');
  if (parts.some((part) => part.startsWith('ppt/')))
    throw refuse('a PowerPoint presentation', 'Export the sales as CSV or .xlsx.');
  if (parts.some((part) => part.startsWith('index/') || part.endsWith('.iwa')))
    throw refuse('a Numbers document', 'Export it as .xlsx or CSV and import that file.');
  throw refuse('a zip archive, not a workbook', 'Unpack it and import the file inside.');
}

/** The sheet's relation; its attribute's prefix is the writer's choice. */
const relationId = (attributes: string): string => /:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';

interface Relation {
  id: string;
  type: string;
  target: string;
}

async function readRelations(zip: ZipParts, part: string, pause: Pause): Promise<Relation[]> {
  const relations: Relation[] = [];
  const folder = posix.dirname(part);
  await readPart(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`), pause, (name, attributes) => {
    if (name !== 'Relationship') return;
    const target = attributeOf(attributes, 'Target') ?? '';
    relations.push({
      id: attributeOf(attributes, 'Id') ?? '',
      type: (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
      target: target.startsWith('/') ? target : posix.join(folder, target),
    });
  });
  return relations;
}

async function readStyles(zip: ZipParts, part: string, pause: Pause): Promise<NumberKind[]> {
  const own = new Map<number, NumberKind>();
  const ids: number[] = [];
  let inCells = false;
  await readPart(
    zip,
    part,
    pause,
    (name, attributes) => {
      if (name === 'numFmt')
        own.set(Number(attributeOf(attributes, 'numFmtId')), kindOfFormat(attributeOf(attributes, 'formatCode') ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
    },
    (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  );
  return kindsOfStyles(own, ids);
}

/**
 * Opens an Excel workbook (.xlsx, .xlsm): its sheets, styles and date system; no sheet is read yet.
 * @throws AppError 'file-not-understood' for any other zip container, 'file-not-readable' for a broken one
 */
export async function openWorkbook(path: string, name: string, pause: Pause): Promise<Workbook> {
  const zip = await ZipParts.open(path, name, pause);
  try {
    const main =
      (await readRelations(zip, '/', pause)).find((relation) => relation.type === 'officeDocument')?.target ??
      'xl/workbook.xml';
    if (!/workbook.*\.xml$/i.test(main) || !zip.find(main)) await refuseOther(zip);
    const relations = await readRelations(zip, main, pause);
    const byId = new Map(relations.toReversed().map((relation) => [relation.id, relation]));
    const sheets: WorkbookSheet[] = [];
    let date1904 = false;
    await readPart(zip, main, pause, (element, attributes) => {
      if (element === 'workbookPr')
        date1904 = attributeOf(attributes, 'date1904') === '1' || attributeOf(attributes, 'date1904') === 'true';
      if (element !== 'sheet') return;
      const relation = byId.get(relationId(attributes));
      const entry = relation && relation.type === 'worksheet' ? zip.find(relation.target) : undefined;
      if (!relation || !entry) return;
      sheets.push({
        name: attributeOf(attributes, 'name') ?? `Sheet ${sheets.length + 1}`,
        hidden: (attributeOf(attributes, 'state') ?? 'visible') !== 'visible',
        part: relation.target,
        bytes: entry.compressedSize,
      });
    });
    if (sheets.length === 0) throw damaged(name, 'it has no sheet');
    const target = (type: string): string | null =>
      relations.find((relation) => relation.type === type)?.target ?? null;
    const styles = target('styles');
    return {
      zip,
      sheets,
      date1904,
      styles: styles ? await readStyles(zip, styles, pause) : [],
      strings: null,
      stringsPart: target('sharedStrings'),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The workbook's shared texts; rich text is joined, phonetic guides are left out. `pause` runs between chunks. */
export async function sharedStrings(book: Workbook, pause: Pause): Promise<string[]> {
  if (book.strings) return book.strings;
  const strings: string[] = [];
  const text = new PiecedText();
  let inText = false;
  let phonetic = 0;
  let characters = 0;
  const tooLong = (what: string): AppError =>
    new AppError(
      'file-not-understood',
      `${book.zip.name} holds ${what}. Save its sheets as CSV files and import those.`,
      { fileName: book.zip.name },
    );
  const open: Open = (name) => {
    if (name === 'si') text.take();
    else if (name === 't') inText = phonetic === 0;
    else if (name === 'rPh') phonetic++;
  };
  const close = (name: string): void => {
    if (name === 't') inText = false;
    else if (name === 'rPh') phonetic--;
    else if (name === 'si') {
      characters += text.length + 16;
      if (characters > mostStringCharacters) throw tooLong('more text than fits in memory');
      strings.push(unescapeText(text.take()));
    }
  };
  const add = (piece: string): void => {
    if (inText) text.add(piece);
    if (text.length > longestText) throw tooLong('a text of more than four million characters');
  };
  if (book.stringsPart) await readPart(book.zip, book.stringsPart, pause, open, close, add);
  book.strings = strings;
  return strings;
}
