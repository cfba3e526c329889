/** The icon files of Windows (.ico) and macOS (.icns), put together from drawings of several sizes. */

export interface Drawing {
  /** Pixels a side. */
  size: number;
  png: Buffer;
  /** [size · size · 4] red, green, blue, opacity; rows from the top. */
  pixels: Buffer;
}

/** For the sizes that old parts of Windows draw themselves: blue, green, red, opacity, rows from the bottom. */
function bitmap({ size, pixels }: Drawing): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  // Twice the height: the mask of one bit a pixel follows; empty, as the opacity says it all.
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * 4;
      const to = ((size - 1 - y) * size + x) * 4;
      for (const [channel, source] of [2, 1, 0, 3].entries()) colours[to + channel] = pixels[from + source];
    }
  }
  const maskRow = Math.ceil(size / 32) * 4;
  return Buffer.concat([header, colours, Buffer.alloc(maskRow * size)]);
}

/** Sizes of the .ico, as Explorer and the taskbar ask for them. */
export const icoSizes = [16, 24, 32, 48, 64, 128, 256];

/** @param drawings one of each of icoSizes */
export function ico(drawings: Drawing[]): Buffer {
  const images = drawings.map((one) => (one.size <= 48 ? bitmap(one) : one.png));
  const header = Buffer.alloc(6 + 16 * drawings.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(drawings.length, 4);
  let offset = header.length;
  drawings.forEach(({ size }, i) => {
    const entry = 6 + 16 * i;
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(images[i].length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += images[i].length;
  });
  return Buffer.concat([header, ...images]);
}

/** Types of an .icns that hold PNG, and their pixels a side; the sharp ones of small sizes serve the plain ones too. */
export const icnsTypes: [type: string, size: number][] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/** @param pngOf a drawing of any size named in icnsTypes */
export function icns(pngOf: (size: number) => Buffer): Buffer {
  const parts = icnsTypes.map(([type, size]) => {
    const png = pngOf(size);
    const header = Buffer.alloc(8);
    header.write(type, 'latin1');
    header.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([header, png]);
  });
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.write('icns', 'latin1');
  header.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([header, body]);
}
