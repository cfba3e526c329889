/** A stream of random numbers that depends on nothing but its seed. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform whole number in 0 … n − 1. */
  below(n: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
}

/** splitmix32, only used to spread one seed over the state of the main generator. */
function spread(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/**
 * Makes a random number generator; the same seed gives the same numbers on every machine.
 * @param seed whole number ≥ 0; up to 2^53 − 1 all bits count
 * Reference: C. Doty-Humphrey, PractRand, generator sfc32 (128 bits of state).
 */
export function createRng(seed: number): Rng {
  const low = spread(seed % 2 ** 32);
  const high = spread(Math.floor(seed / 2 ** 32));
  let a = low() ^ high();
  let b = low() ^ high();
  let c = low() ^ high();
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = (): number => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992;
  return {
    next,
    below: (n) => Math.floor(next() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/**
 * Draws whole numbers without repetition, in ascending order.
 * @returns [count] distinct numbers of 0 … n − 1, each set equally likely; all of them when count ≥ n. O(n).
 * Reference: Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S (selection sampling).
 */
export function sampleIndices(n: number, count: number, rng: Rng): Int32Array {
  const wanted = Math.min(n, count);
  const picked = new Int32Array(wanted);
  let taken = 0;
  for (let i = 0; taken < wanted; i++) {
    if ((n - i) * rng.next() < wanted - taken) picked[taken++] = i;
  }
  return picked;
}
