import { posix } from 'node:path';
import { AppError } from '../../src-shared/errors.ts';
import { attributeOf, unescapeText, XmlStream } from './xml-stream.ts';
import { type NumberKind, kindsOfStyles } from './xlsx-styles.ts';
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

async function readPart(
  zip: ZipParts,
  part: string,
  open: Open,
  close: (name: string) => void = () => {},
  text: (text: string) => void = () => {},
): Promise<boolean> {
  const entry = zip.find(part);
  if (!entry) return false;
  const xml = new XmlStream(zip.name, { open, close, text });
  for await (const chunk of zip.chunks(entry)) xml.write(chunk);
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
    for await (const chunk of zip.chunks(mimetype)) type += chunk.toString('latin1').slice(0, 200);
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
const relationId = (attributes: string): string => /[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';

async function readRelations(zip: ZipParts, part: string): Promise<{ id: string; type: string; target: string }[]> {
  const relations: { id: string; type: string; target: string }[] = [];
  const folder = posix.dirname(part);
  await readPart(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`), (name, attributes) => {
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

async function readStyles(zip: ZipParts, part: string): Promise<NumberKind[]> {
  const formats = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readPart(
    zip,
    part,
    (name, attributes) => {
      if (name === 'numFmt')
        formats.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
    },
    (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  );
  return kindsOfStyles(formats, ids);
}

/**
 * Opens an Excel workbook (.xlsx, .xlsm): its sheets, styles and date system; no sheet is read yet.
 * @throws AppError 'file-not-understood' for any other zip container, 'file-not-readable' for a broken one
 */
export async function openWorkbook(path: string, name: string): Promise<Workbook> {
  const zip = await ZipParts.open(path, name);
  try {
    const main =
      (await readRelations(zip, '/')).find((relation) => relation.type === 'officeDocument')?.target ??
      'xl/workbook.xml';
    if (!/workbook.*\.xml$/i.test(main) || !zip.find(main)) await refuseOther(zip);
    const relations = await readRelations(zip, main);
    const sheets: WorkbookSheet[] = [];
    let date1904 = false;
    await readPart(zip, main, (element, attributes) => {
      if (element === 'workbookPr')
        date1904 = attributeOf(attributes, 'date1904') === '1' || attributeOf(attributes, 'date1904') === 'true';
      if (element !== 'sheet') return;
      const relation = relations.find(({ id }) => id === relationId(attributes));
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
      styles: styles ? await readStyles(zip, styles) : [],
      strings: null,
      stringsPart: target('sharedStrings'),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The workbook's shared texts; rich text is joined, phonetic guides are left out. `pause` runs between chunks. */
export async function sharedStrings(book: Workbook, pause: () => Promise<void>): Promise<string[]> {
  if (book.strings) return book.strings;
  const strings: string[] = [];
  const entry = book.stringsPart ? book.zip.find(book.stringsPart) : undefined;
  let text = '';
  let inText = false;
  let phonetic = 0;
  let characters = 0;
  const xml = new XmlStream(book.zip.name, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = phonetic === 0;
      else if (name === 'rPh') phonetic++;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') {
        strings.push(unescapeText(text));
        characters += text.length + 16;
        if (characters > mostStringCharacters) {
          throw new AppError(
            'file-not-understood',
            `${book.zip.name} holds more text than fits in memory. Save its sheets as CSV files and import those.`,
            { fileName: book.zip.name },
          );
        }
      }
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  if (entry) {
    for await (const chunk of book.zip.chunks(entry)) {
      xml.write(chunk);
      await pause();
    }
    xml.end();
  }
  book.strings = strings;
  return strings;
}
