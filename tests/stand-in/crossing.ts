/**
 * What may cross a boundary of Electron, and how it arrives: a copy. Electron's context bridge and its IPC refuse proxies,
 * functions and symbols ("An object could not be cloned."); class instances they accept and bring over without their
 * class, and dates, maps and typed arrays they copy. All of these are refused here, so that what passes the stand-in
 * arrives in Electron as the very JSON it was.
 *
 * Runs in the page's world, in the preload's world and in Node, so it names nothing outside itself.
 * @param where the boundary and the value's name, for the refusal
 */
export function cross<T>(value: T, where: string): T {
  const refuse = (what: string): never => {
    throw new Error(`An object could not be cloned: ${what} at ${where}.`);
  };
  const copy = (one: unknown, path: string): unknown => {
    if (one === null || one === undefined || typeof one === 'string' || typeof one === 'boolean') return one;
    if (typeof one === 'number') return Number.isFinite(one) ? one : refuse(`${one} in ${path}`);
    if (typeof one !== 'object') return refuse(`a ${typeof one} in ${path}`);
    if (Array.isArray(one)) return one.map((item, i) => copy(item, `${path}[${i}]`));
    const prototype = Object.getPrototypeOf(one);
    // Plain objects of any world: their prototype is the end of its chain.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      return refuse(`a ${prototype.constructor?.name} in ${path}`);
    if (Object.getOwnPropertySymbols(one).length > 0) return refuse(`a symbol in ${path}`);
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, copy(inner, `${path}.${key}`)]));
  };
  // The engine's own cloning knows a proxy from what it stands for; a look at its properties does not.
  try {
    structuredClone(value);
  } catch (error) {
    refuse(`${(error as Error).message}`);
  }
  return copy(value, 'value') as T;
}
