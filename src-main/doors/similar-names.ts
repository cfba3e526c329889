/** Letters to insert, delete or replace. Reference: Wagner & Fischer 1974. O(|a| · |b|). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** Up to three names that look like the unknown one: one holds the other, or few letters differ. */
export function similarNames(unknown: string, names: string[]): string[] {
  const wanted = unknown.toLowerCase();
  const scored = names.map((name) => {
    const own = name.toLowerCase();
    return { name, far: wanted !== '' && own.includes(wanted) ? 0 : distance(wanted, own) };
  });
  return scored
    .filter(({ far }) => far <= Math.max(2, unknown.length / 3))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}
