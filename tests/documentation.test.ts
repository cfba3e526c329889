/** The documentation shows what stands in the code. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('CONTRIBUTING shows the seasonal naive file as it is', () => {
  const shown = /This is all of `seasonal-naive.ts`:\n\n```ts\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md'))?.[1];
  expect(shown).toBe(read('src-main/engine/forecasting/seasonal-naive.ts'));
});

it('README names only scripts and pictures that exist', () => {
  const readme = read('README.md');
  const { scripts } = JSON.parse(read('package.json'));
  for (const [, name] of readme.matchAll(/npm run (?:-s )?([\w:]+)/g)) expect(scripts, name).toHaveProperty(name);
  for (const [, path] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
});

it('README gives each dependency its reason', () => {
  const readme = read('README.md');
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const table = readme.slice(readme.indexOf('### Dependencies'), readme.indexOf('What was decided'));
  const unnamed = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
    const scoped = name.split('/').at(-1)!.replace(/^tfjs/, '');
    return !name.startsWith('@types/') && !table.includes(name) && !table.includes(scoped);
  });
  expect(unnamed).toEqual([]);
});
