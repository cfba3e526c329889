import { SaxesParser } from 'saxes';
import { AppError } from '../../src-shared/errors.ts';
import { damaged } from './zip-parts.ts';

export interface XmlHandlers {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Characters between two tags at most: a cell holds 32 767. */
const longestText = 4 * 1024 * 1024;

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

/** A streaming XML reader fed with bytes; element names come without their prefix. */
export class XmlStream {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private decoder: TextDecoder | null = null;
  private sinceTag = 0;
  private readonly fileName: string;

  constructor(fileName: string, handlers: XmlHandlers) {
    this.fileName = fileName;
    this.parser.on('opentag', (tag) => {
      this.sinceTag = 0;
      handlers.open(localName(tag.name), tag.attributes);
    });
    this.parser.on('closetag', (tag) => {
      this.sinceTag = 0;
      handlers.close(localName(tag.name));
    });
    this.parser.on('text', (text) => handlers.text(text));
    this.parser.on('cdata', (text) => handlers.text(text));
    this.parser.on('error', (error) => {
      throw damaged(fileName, error.message);
    });
  }

  write(chunk: Buffer): void {
    this.decoder ??= new TextDecoder(
      chunk[0] === 0xff && chunk[1] === 0xfe
        ? 'utf-16le'
        : chunk[0] === 0xfe && chunk[1] === 0xff
          ? 'utf-16be'
          : 'utf-8',
    );
    this.sinceTag += chunk.length;
    if (this.sinceTag > longestText) {
      throw new AppError(
        'file-not-understood',
        `${this.fileName} holds a cell of more than four million characters; it was not read. Export the sales again.`,
        { fileName: this.fileName },
      );
    }
    this.parser.write(this.decoder.decode(chunk, { stream: true }));
  }

  end(): void {
    this.parser.close();
  }
}

const escapes = /_x([0-9A-Fa-f]{4})_/g;
/** Excel writes characters that XML cannot hold as _x000D_. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(escapes, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
