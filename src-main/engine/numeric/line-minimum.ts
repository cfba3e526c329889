const golden = (3 - Math.sqrt(5)) / 2;

/**
 * Minimises a function of one variable inside an interval: parabolas where they help, golden sections elsewhere.
 * @param f finite, with one valley between `low` and `high`
 * @param tolerance of the place, in units of x; below 1e-8 of it rounding takes over
 * Reference: Brent 1973, Algorithms for Minimization without Derivatives, chapter 5.
 */
export function lineMinimum(f: (x: number) => number, low: number, high: number, tolerance = 1e-8): number {
  let x = low + golden * (high - low);
  let [second, third] = [x, x];
  let value = f(x);
  let [secondValue, thirdValue] = [value, value];
  let [step, before] = [0, 0];
  for (let iteration = 0; iteration < 100; iteration++) {
    const middle = (low + high) / 2;
    const least = tolerance + 1e-9 * Math.abs(x);
    if (Math.abs(x - middle) <= 2 * least - (high - low) / 2) break;
    const r = (x - second) * (value - thirdValue);
    const q = (x - third) * (value - secondValue);
    const bottom = 2 * (q - r);
    const parabola = bottom === 0 ? Number.POSITIVE_INFINITY : -((x - third) * q - (x - second) * r) / bottom;
    const inside = x + parabola > low && x + parabola < high;
    if (inside && Math.abs(parabola) < Math.abs(before) / 2) [before, step] = [step, parabola];
    else {
      before = x < middle ? high - x : low - x;
      step = golden * before;
    }
    const next = x + (Math.abs(step) >= least ? step : Math.sign(step || 1) * least);
    const nextValue = f(next);
    if (nextValue <= value) {
      if (next >= x) low = x;
      else high = x;
      [third, thirdValue, second, secondValue, x, value] = [second, secondValue, x, value, next, nextValue];
    } else {
      if (next < x) low = next;
      else high = next;
      if (nextValue <= secondValue || second === x)
        [third, thirdValue, second, secondValue] = [second, secondValue, next, nextValue];
      else if (nextValue <= thirdValue || third === x || third === second) [third, thirdValue] = [next, nextValue];
    }
  }
  return x;
}
