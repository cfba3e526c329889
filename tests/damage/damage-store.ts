/**
 * Damages a store in one place after the other and asks each copy for its figures: it must refuse in words, or answer what
 * the whole store answers. The places are drawn with a seed.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../src-shared/errors.ts';
import { figuresOf } from './full-store.ts';

export type Kind = 'bit' | 'truncation' | 'zeroed page';

export interface Outcome {
  kind: Kind;
  trials: number;
  refused: number;
  harmless: number;
  /** What must not be: other figures, or a fault without words. */
  wrong: string[];
  /** How often each code was the answer. */
  codes: Record<string, number>;
}

const pageBytes = 4096;
const ownWords = /^(store-|file-not-readable|disk-full)/;

/** Mulberry32; the same places on every machine. */
export function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function damage(whole: Buffer, kind: Kind, draw: (below: number) => number): { bytes: Buffer; where: string } {
  const bytes = Buffer.from(whole);
  if (kind === 'truncation') {
    const length = draw(bytes.length);
    return { bytes: bytes.subarray(0, length), where: `cut to ${length} bytes` };
  }
  if (kind === 'zeroed page') {
    const page = draw(bytes.length / pageBytes);
    bytes.fill(0, page * pageBytes, (page + 1) * pageBytes);
    return { bytes, where: `page ${page + 1} zeroed` };
  }
  const at = draw(bytes.length);
  const bit = draw(8);
  bytes[at] ^= 1 << bit;
  return { bytes, where: `bit ${bit} of byte ${at} (page ${Math.floor(at / pageBytes) + 1}) flipped` };
}

const sidecars = ['-wal', '-shm', '-journal', '.lock', '.owner.json', '.machine.json'];

/** @param scratch where the damaged copies lie, one after the other */
export async function damageStore(
  path: string,
  scratch: string,
  kind: Kind,
  trials: number,
  seed: number,
): Promise<Outcome> {
  const whole = readFileSync(path);
  const truth = await figuresOf(path);
  const draw = draws(seed);
  const outcome: Outcome = { kind, trials, refused: 0, harmless: 0, wrong: [], codes: {} };
  for (let trial = 0; trial < trials; trial++) {
    const { bytes, where } = damage(whole, kind, draw);
    for (const part of sidecars) rmSync(scratch + part, { force: true });
    writeFileSync(scratch, bytes);
    try {
      if ((await figuresOf(scratch)) === truth) outcome.harmless++;
      else outcome.wrong.push(`${where}: other figures`);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'no words';
      outcome.codes[code] = (outcome.codes[code] ?? 0) + 1;
      if (ownWords.test(code)) outcome.refused++;
      else
        outcome.wrong.push(
          `${where}: ${error instanceof Error ? error.stack?.split('\n').slice(0, 4).join(' ') : error}`,
        );
    }
  }
  return outcome;
}
