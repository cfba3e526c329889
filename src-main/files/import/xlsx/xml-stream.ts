import { AppError } from '../../../../src-shared/errors.ts';
import { damaged } from './zip-parts.ts';

export interface XmlHandlers {
  /** @param attributes the tag's text after its name; read it with `attributeOf` */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** Characters of one tag at most; what office programs write stays far below. */
const longestTag = 1 << 20;
/** Characters of one text at most: Excel's own cells hold 32 767, other programs write longer ones. */
export const longestText = 4 * 1024 * 1024;
/** `&#1114111;` and all shorter ones. */
const longestEntity = 12;
const [slash, bang, question, doubleQuote, singleQuote] = [47, 33, 63, 34, 39];

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g,
        (all, hex?: string, digits?: string, name?: string) => {
          if (name !== undefined) return named[name] ?? all;
          const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : all;
        },
      )
    : text;
const plainText = (text: string): string => decodeEntities(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** Value of an attribute in a tag's text; undefined where it has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(`${name}=`); at !== -1; at = attributes.indexOf(`${name}=`, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (at > 0 && before > 32 && before !== doubleQuote && before !== singleQuote) continue;
    const quote = attributes[at + name.length + 1];
    const start = at + name.length + 2;
    const end = attributes.indexOf(quote, start);
    return end === -1 ? undefined : decodeEntities(attributes.slice(start, end));
  }
  return undefined;
}

/** A text that comes in pieces, mostly one; they are joined once, so that many cost no more than one. */
export class PiecedText {
  length = 0;
  private first = '';
  private more: string[] | null = null;

  add(piece: string): void {
    if (this.length === 0) this.first = piece;
    else {
      this.more ??= [];
      this.more.push(piece);
    }
    this.length += piece.length;
  }

  /** The whole text; the next one begins empty. */
  take(): string {
    const text = this.more === null ? this.first : this.first + this.more.join('');
    this.length = 0;
    this.first = '';
    this.more = null;
    return text;
  }
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

/** What ends a passage that is no tag; only CDATA hands its text on. */
const commentEnd = '-->';
const instructionEnd = '?>';
const cdataEnd = ']]>';

/** Where a text that goes on in the next chunk can be cut: not inside an entity, not between \r and \n. */
function safeEnd(text: string, from: number): number {
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  const tail = Math.max(from, end - longestEntity);
  const entity = text.slice(tail, end).lastIndexOf('&');
  return entity === -1 || text.includes(';', tail + entity) ? Math.max(from, end) : tail + entity;
}

/**
 * A streaming reader for the XML inside workbooks, fed with bytes: tags without their prefix, texts, CDATA. It reads
 * what office programs write (no document type, no entities of its own, both of which it refuses) at a fifth of the
 * cost of a validating parser. A long text is handed on in pieces, so that only an unfinished tag is looked at twice.
 */
export class XmlStream {
  private decoder: TextDecoder | null = null;
  private rest = '';
  private depth = 0;
  /** The mark that ends the comment, instruction or CDATA the reader is in. */
  private until: string | null = null;
  private readonly fileName: string;
  private readonly handlers: XmlHandlers;

  constructor(fileName: string, handlers: XmlHandlers) {
    this.fileName = fileName;
    this.handlers = handlers;
  }

  write(chunk: Buffer): void {
    this.decoder ??= new TextDecoder(
      chunk[0] === 0xff && chunk[1] === 0xfe
        ? 'utf-16le'
        : chunk[0] === 0xfe && chunk[1] === 0xff
          ? 'utf-16be'
          : 'utf-8',
    );
    const text = this.rest + this.decoder.decode(chunk, { stream: true });
    this.rest = text.slice(this.consume(text));
    if (this.rest.length > longestTag) {
      throw new AppError(
        'file-not-understood',
        `${this.fileName} holds an XML tag of more than a million characters, as no workbook does; it was not read. Export the sales again.`,
        { fileName: this.fileName },
      );
    }
  }

  /** Ends the part. @throws AppError 'file-not-readable' where it breaks off */
  end(): void {
    if (this.depth !== 0 || this.until !== null || this.rest.trim() !== '')
      throw damaged(this.fileName, 'an XML part breaks off');
  }

  /** Handles all complete pieces; answers where the incomplete one begins. */
  private consume(text: string): number {
    let at = 0;
    for (;;) {
      if (this.until !== null) {
        at = this.passage(text, at, this.until);
        if (this.until !== null) return at;
      }
      const tag = text.indexOf('<', at);
      const end = tag === -1 ? safeEnd(text, at) : tag;
      if (end > at) this.handlers.text(plainText(text.slice(at, end)));
      if (tag === -1) return end;
      const next = this.tagAt(text, tag);
      if (next === -1) return tag;
      at = next;
    }
  }

  /** Goes on in a comment, an instruction or CDATA; answers where its rest, or what follows it, begins. */
  private passage(text: string, at: number, mark: string): number {
    const found = text.indexOf(mark, at);
    // Without the mark, the last characters may be its first ones.
    const end = found === -1 ? Math.max(at, text.length - mark.length + 1) : found;
    if (mark === cdataEnd && end > at) this.handlers.text(text.slice(at, end));
    if (found === -1) return end;
    this.until = null;
    return end + mark.length;
  }

  /** Handles the tag that begins at `start`; answers where the next piece begins, -1 where the tag is incomplete. */
  private tagAt(text: string, start: number): number {
    const first = text.charCodeAt(start + 1);
    if (first === bang || first === question || start + 1 === text.length) return this.markupAt(text, start);
    let end = text.indexOf('>', start + 1);
    if (end === -1) return -1;
    if (first === slash) {
      this.depth--;
      this.handlers.close(localName(text.slice(start + 2, end).trimEnd()));
      return end + 1;
    }
    let nameEnd = start + 1;
    while (nameEnd < end && text.charCodeAt(nameEnd) > 32 && text.charCodeAt(nameEnd) !== slash) nameEnd++;
    if (text.charCodeAt(nameEnd) <= 32) {
      end = tagEnd(text, nameEnd);
      if (end === -1) return -1;
    }
    const empty = text.charCodeAt(end - 1) === slash;
    const name = localName(text.slice(start + 1, nameEnd));
    this.handlers.open(name, text.slice(nameEnd + 1, empty ? end - 1 : end));
    if (empty) this.handlers.close(name);
    else this.depth++;
    return end + 1;
  }

  /** Comments, CDATA, instructions: answers where their content begins. */
  private markupAt(text: string, start: number): number {
    if (text.startsWith('<?', start)) return this.enter(instructionEnd, start + 2);
    if (text.startsWith('<!--', start)) return this.enter(commentEnd, start + 4);
    if (text.length - start < 9) return -1;
    if (!text.startsWith('<![CDATA[', start)) throw damaged(this.fileName, 'it declares a document type');
    return this.enter(cdataEnd, start + 9);
  }

  private enter(until: string, at: number): number {
    this.until = until;
    return at;
  }
}

/** The '>' that ends a tag, passing over those inside attribute values. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === doubleQuote || code === singleQuote) {
      quote = code;
    } else if (code === 62) {
      return at;
    }
  }
  return -1;
}

const escapes = /_x([0-9A-Fa-f]{4})_/g;
/** Excel writes characters that XML cannot hold as _x000D_. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(escapes, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
