/** The report's letters: Noto Sans, embedded; its measures for the charts, and what it has no glyph for. */
import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';

const { resolve } = createRequire(import.meta.url);

export const reportFont = 'Noto Sans';
// Resolved as packages, so that they are found from the sources, from out/main and from inside an asar.
export const fontFiles = {
  normal: resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
};

const opened = new Map<string, Font>();
function open(file: string): Font {
  let font = opened.get(file);
  if (!font) {
    font = openSync(file) as Font;
    opened.set(file, font);
  }
  return font;
}

/** Width of one line in points. */
export function textWidth(text: string, size: number, bold = false): number {
  const font = open(bold ? fontFiles.bold : fontFiles.normal);
  let units = 0;
  for (const letter of text) units += font.glyphForCodePoint(letter.codePointAt(0) as number).advanceWidth;
  return (units / font.unitsPerEm) * size;
}

/** The largest size between `least` and `most` points at which the line fits the width. */
export function sizeToFit(text: string, width: number, most: number, least: number, bold: boolean): number {
  const atMost = textWidth(text, most, bold);
  return atMost <= width ? most : Math.max(least, Math.floor(((most * width) / atMost) * 10) / 10);
}

export const replacement = '?';

/**
 * Texts whose letters the embedded font lacks are printed with '?', and counted, so that the report can say so.
 */
export class PrintableText {
  readonly replaced = new Set<string>();

  text(text: string): string {
    const font = open(fontFiles.normal);
    let printable = '';
    for (const letter of text) {
      const code = letter.codePointAt(0) as number;
      if (code < 32 || code === 127) printable += ' ';
      // Marks of writing direction have no width and need no glyph.
      else if (code === 0x200e || code === 0x200f || code === 0x061c) continue;
      else if (font.hasGlyphForCodePoint(code)) printable += letter;
      else {
        this.replaced.add(letter);
        printable += replacement;
      }
    }
    return printable;
  }

  /** A copy of plain JSON with every text made printable. */
  json<T>(value: T): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.json(item)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.json(item)])) as T;
  }
}
