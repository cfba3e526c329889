/** Reads an archive as electron-builder writes it: 8 bytes, the header's length in the last 4, a pickled JSON, the contents. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface AsarNode {
  files?: Record<string, AsarNode>;
  offset?: string;
  size?: number;
  unpacked?: boolean;
}

export interface Asar {
  /** Every file by its path. */
  files: Map<string, AsarNode>;
  contentOf(path: string): Buffer;
}

export function readAsar(file: string): Asar {
  const bytes = readFileSync(file);
  const start = 8 + bytes.readUInt32LE(4);
  const files = new Map<string, AsarNode>();
  const walk = (node: AsarNode, path: string): void => {
    if (!node.files) return void files.set(path, node);
    for (const [name, below] of Object.entries(node.files)) walk(below, path ? `${path}/${name}` : name);
  };
  walk(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))), '');
  return {
    files,
    contentOf(path) {
      const { offset, size = 0, unpacked } = files.get(path)!;
      if (unpacked) return readFileSync(join(`${file}.unpacked`, path));
      return bytes.subarray(start + Number(offset), start + Number(offset) + size);
    },
  };
}

/**
 * Puts a folder of its contents in the archive's place, under its very name and with the unpacked files merged in, as
 * Electron shows an archive to a program.
 */
export function openAsar(file: string): Asar {
  const archive = readAsar(file);
  const folder = `${file}.opened`;
  for (const [name, { unpacked }] of archive.files) {
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    if (unpacked) copyFileSync(join(`${file}.unpacked`, name), target);
    else writeFileSync(target, archive.contentOf(name));
  }
  renameSync(file, `${file}.packed`);
  renameSync(folder, file);
  return archive;
}
