/** Packed bytes of the store. What packed them stands in their first bytes, so that every runtime reads every block it can. */
import zlib from 'node:zlib';
import { AppError } from '../../src-shared/errors.ts';

type Codec = 'zstd' | 'gzip';

// Looked up by name: a runtime whose Node is built without zstd has none of these, and a named import would not load.
const { zstdCompressSync, zstdDecompressSync, constants, gzipSync, gunzipSync } = zlib;

/** zstd where this runtime has it, else gzip; both carry a checksum of their own. */
export const codecHere: Codec = typeof zstdCompressSync === 'function' ? 'zstd' : 'gzip';

/** Level 1: measured on a million lines, levels 2 and 3 cost more time than the bytes they save are worth. */
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };

const codecOf = (data: Uint8Array): Codec => (data[0] === 0x1f && data[1] === 0x8b ? 'gzip' : 'zstd');

const pack = (bytes: Uint8Array, codec: Codec): Buffer =>
  codec === 'zstd' ? zstdCompressSync(bytes, zstdOptions) : gzipSync(bytes, { level: 1 });

function unpack(data: Uint8Array): Buffer {
  if (codecOf(data) === 'gzip') return gunzipSync(data);
  if (typeof zstdDecompressSync === 'function') return zstdDecompressSync(data);
  throw new AppError(
    'engine-unavailable',
    'These data were packed with zstd, which the runtime of this Salescope does not have. Open them with the Salescope that wrote them, or with a newer one.',
  );
}

/** Packs the bytes of a typed array. */
export const packBytes = (array: ArrayBufferView, codec: Codec = codecHere): Buffer =>
  pack(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), codec);

export const unpackBytes = (data: Uint8Array): Buffer => unpack(data);

/** Packs a value's JSON. */
export const packJson = (value: unknown, codec: Codec = codecHere): Buffer =>
  pack(Buffer.from(JSON.stringify(value)), codec);

export const unpackJson = <T>(data: Uint8Array): T => JSON.parse(unpack(data).toString('utf8')) as T;
