/** Writes a sales CSV as an Excel workbook of two sheets, streaming, as the original of Online Retail II came. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { ByteSource } from '../src-main/files/import/byte-source.ts';
import { readCsv } from '../src-main/files/import/csv/read-csv.ts';

interface Part {
  name: string;
  crc: number;
  packed: number;
  raw: number;
  offset: number;
}

const header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A zip container written part by part; only the packed part of the moment is in memory. */
class ZipWriter {
  private readonly out: WriteStream;
  private readonly parts: Part[] = [];
  private offset = 0;

  constructor(path: string) {
    this.out = createWriteStream(path);
  }

  private async write(bytes: Buffer): Promise<void> {
    this.offset += bytes.length;
    if (!this.out.write(bytes)) await once(this.out, 'drain');
  }

  private static fields({ crc, packed, raw, name }: Part): Buffer {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed, 14);
    fields.writeUInt32LE(raw, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    return fields;
  }

  async add(name: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const deflate = createDeflateRaw({ level: 6 });
    const packed: Buffer[] = [];
    deflate.on('data', (chunk: Buffer) => packed.push(chunk));
    const part: Part = { name, crc: 0, packed: 0, raw: 0, offset: this.offset };
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece, 'utf8');
      part.crc = crc32(bytes, part.crc);
      part.raw += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
    }
    deflate.end();
    await once(deflate, 'end');
    part.packed = packed.reduce((sum, chunk) => sum + chunk.length, 0);
    this.parts.push(part);
    await this.write(Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), ZipWriter.fields(part), Buffer.from(name)]));
    for (const chunk of packed) await this.write(chunk);
  }

  async end(): Promise<void> {
    const start = this.offset;
    for (const part of this.parts) {
      const place = Buffer.alloc(14);
      place.writeUInt32LE(part.offset, 10);
      await this.write(
        Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), ZipWriter.fields(part), place, Buffer.from(part.name)]),
      );
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.parts.length, 8);
    end.writeUInt16LE(this.parts.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.write(end);
    this.out.end();
    await once(this.out, 'close');
  }
}

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Texts in order of their first appearance, as Excel shares them. */
class SharedStrings {
  private readonly ids = new Map<string, number>();

  idOf(text: string): number {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(Buffer.from(text).toString(), id);
    }
    return id;
  }

  *xml(): Generator<string> {
    yield `${header}<sst xmlns="${main}">`;
    for (const text of this.ids.keys()) yield `<si><t xml:space="preserve">${xmlText(text)}</t></si>`;
    yield '</sst>';
  }
}

const isoDate = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function cellXml(text: string, column: number, row: number, strings: SharedStrings): string {
  if (text === '') return '';
  const place = `${letters[column]}${row}`;
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return `<c r="${place}"><v>${text}</v></c>`;
  const date = isoDate.exec(text);
  if (date) {
    const serial = Date.parse(`${date[1]}T${date[2]}:${date[3]}:${date[4]}Z`) / 86_400_000 + 25_569;
    return `<c r="${place}" s="1"><v>${serial}</v></c>`;
  }
  return `<c r="${place}" t="s"><v>${strings.idOf(text)}</v></c>`;
}

/** Writes the workbook; the first sheet takes `firstRows` rows, the second the rest. */
export async function writeSalesWorkbook(csvPath: string, xlsxPath: string, firstRows: number): Promise<void> {
  const zip = new ZipWriter(xlsxPath);
  const strings = new SharedStrings();
  const rows = csvRows(csvPath);
  const head = (await rows.next()).value as string[];
  async function* sheet(most: number): AsyncGenerator<string> {
    yield `${header}<worksheet xmlns="${main}"><sheetData>`;
    let number = 1;
    let text = rowXml(head, number);
    while (number <= most) {
      const next = await rows.next();
      if (next.done) break;
      number++;
      text += rowXml(next.value, number);
      if (text.length < 65_536) continue;
      yield text;
      text = '';
    }
    yield `${text}</sheetData></worksheet>`;
  }
  const rowXml = (cells: string[], row: number): string =>
    `<row r="${row}" spans="1:${cells.length}">${cells.map((cell, i) => cellXml(cell, i, row, strings)).join('')}</row>`;
  await zip.add('_rels/.rels', [
    `${header}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]);
  await zip.add('[Content_Types].xml', [
    `${header}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  ]);
  await zip.add('xl/workbook.xml', [
    `${header}<workbook xmlns="${main}" xmlns:r="${rel}"><sheets><sheet name="First" sheetId="1" r:id="rId1"/><sheet name="Second" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  ]);
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${rel}/${type}" Target="${target}"/>`;
  await zip.add('xl/_rels/workbook.xml.rels', [
    `${header}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'worksheet', 'worksheets/sheet2.xml')}${relation(3, 'styles', 'styles.xml')}${relation(4, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
  ]);
  await zip.add('xl/styles.xml', [
    `${header}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
  ]);
  await zip.add('xl/worksheets/sheet1.xml', sheet(firstRows));
  await zip.add('xl/worksheets/sheet2.xml', sheet(Number.POSITIVE_INFINITY));
  await zip.add('xl/sharedStrings.xml', strings.xml());
  await zip.end();
}

async function* csvRows(path: string): AsyncGenerator<string[]> {
  const source = new ByteSource(path, path);
  for await (const { rows } of readCsv(source, { encoding: 'utf-8', delimiter: ',', gzip: false }, ''))
    yield* rows as string[][];
}
