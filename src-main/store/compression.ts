import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Level 1: measured on a million lines, levels 2 and 3 cost more time than the bytes they save are worth. */
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** zstd of the bytes of a typed array. */
export const packBytes = (array: ArrayBufferView): Buffer =>
  zstdCompressSync(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), options);

export const unpackBytes = (data: Uint8Array): Buffer => zstdDecompressSync(data);

/** zstd of a value's JSON. */
export const packJson = (value: unknown): Buffer => zstdCompressSync(Buffer.from(JSON.stringify(value)), options);

export const unpackJson = <T>(data: Uint8Array): T => JSON.parse(zstdDecompressSync(data).toString('utf8')) as T;
