import { AppError } from '../../src-shared/errors.ts';
import { damaged } from './zip-parts.ts';

export interface XmlHandlers {
  /** @param attributes the tag's text after its name; read it with `attributeOf` */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** Characters of one tag or text at most: a cell holds 32 767. */
const longestPiece = 4 * 1024 * 1024;
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

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

/**
 * A streaming reader for the XML inside workbooks, fed with bytes: tags without their prefix, texts, CDATA. It reads
 * what office programs write (no document type, no entities of its own, both of which it refuses) at a fifth of the
 * cost of a validating parser.
 */
export class XmlStream {
  private decoder: TextDecoder | null = null;
  private rest = '';
  private depth = 0;
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
    if (this.rest.length > longestPiece) {
      throw new AppError(
        'file-not-understood',
        `${this.fileName} holds a cell of more than four million characters; it was not read. Export the sales again.`,
        { fileName: this.fileName },
      );
    }
  }

  /** Ends the part. @throws AppError 'file-not-readable' where it breaks off */
  end(): void {
    if (this.depth !== 0 || this.rest.trim() !== '') throw damaged(this.fileName, 'an XML part breaks off');
  }

  /** Handles all complete pieces; answers where the incomplete one begins. */
  private consume(text: string): number {
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) return at;
      if (tag > at) this.handlers.text(plainText(text.slice(at, tag)));
      const next = this.tagAt(text, tag);
      if (next === -1) return tag;
      at = next;
    }
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

  /** Comments, CDATA, instructions. */
  private markupAt(text: string, start: number): number {
    if (text.length - start < 9) return text.charCodeAt(start + 1) === question ? this.skipTo(text, start, '?>') : -1;
    if (text.startsWith('<?', start)) return this.skipTo(text, start, '?>');
    if (text.startsWith('<!--', start)) return this.skipTo(text, start, '-->');
    if (!text.startsWith('<![CDATA[', start)) throw damaged(this.fileName, 'it declares a document type');
    const end = text.indexOf(']]>', start);
    if (end === -1) return -1;
    this.handlers.text(text.slice(start + 9, end));
    return end + 3;
  }

  private skipTo(text: string, start: number, mark: string): number {
    const end = text.indexOf(mark, start + 2);
    return end === -1 ? -1 : end + mark.length;
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
