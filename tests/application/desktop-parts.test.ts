/** Parts of the desktop program that need no window: its log, its place on the screen, opened files, joining the first start. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openLog } from '../../src-main/application/log.ts';
import { openNotes } from '../../src-main/doors/desktop/desktop-notes.ts';
import { filesIn, openedFiles } from '../../src-main/doors/desktop/opened-files.ts';
import { placeIn } from '../../src-main/doors/desktop/window-place.ts';
import { askToJoin, openJoinDoor } from '../../src-main/doors/join.ts';
import { AppError } from '../../src-shared/errors.ts';

const root = mkdtempSync(join(tmpdir(), 'salescope-desktop-parts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the log', () => {
  it('names version, method, code and place, and nothing of the data', () => {
    const log = openLog(join(root, 'private'), 'private');
    expect(log.last()).toBe('');
    const error = new AppError('internal', `Cannot read "Anna Müller's order" of row 'Bert' worth 12,345.67`, {
      stack: 'Error: Anna Müller\n    at readRow (/program/thread.js:12:3)\n    at work (/program/thread.js:20:1)',
      row: ['Anna', 'Bert'],
    });
    log.failed(error, 'import.run');
    const last = log.last();
    expect(last).toMatch(/Salescope \d+\.\d+\.\d+, Node v\d+/);
    expect(last).toContain('import.run: internal: Cannot read');
    expect(last).toContain('at readRow (/program/thread.js:12:3)');
    for (const word of ['Anna', 'Müller', 'Bert', '12,345']) expect(last).not.toContain(word);
    if (process.platform !== 'win32') expect(statSync(log.path).mode & 0o777).toBe(0o600);
  });

  it('keeps three files of about a megabyte', () => {
    const folder = join(root, 'rotated');
    const log = openLog(folder, 'rotated');
    const stack = Array.from({ length: 12 }, (_, n) => `    at step${n} (/${'long/'.repeat(200)}x.js:1:1)`).join('\n');
    for (let n = 0; n < 400; n++) log.failed(new AppError('internal', `no. ${n}`, { stack }), `method.no${n}`);
    expect(readdirSync(folder).sort()).toEqual(['salescope.1.log', 'salescope.2.log', 'salescope.log']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(1.1 * 1024 * 1024);
    expect(log.last()).toContain('method.no399');
    expect(readFileSync(join(folder, 'salescope.1.log'), 'utf8')).not.toContain('method.no399');
  });
});

describe('the window', () => {
  const screen = { x: 0, y: 0, width: 1366, height: 728 };
  const right = { x: 1366, y: 0, width: 1920, height: 1040 };

  it('opens in the middle, and no larger than the work area', () => {
    expect(placeIn([screen], null)).toEqual(screen);
    expect(placeIn([{ x: 0, y: 25, width: 2560, height: 1415 }], null)).toEqual({
      x: 597,
      y: 303,
      width: 1366,
      height: 860,
    });
  });

  it('opens where it was, on the screen it was on; one that is unplugged gives it back', () => {
    const before = { x: 1500, y: 100, width: 1000, height: 700 };
    expect(placeIn([screen, right], before)).toEqual(before);
    expect(placeIn([screen], before)).toEqual({ x: 183, y: 14, width: 1000, height: 700 });
  });

  it('lies wholly inside one work area, whatever was noted', () => {
    const side = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: -10, max: 9000 });
    const rectangle = fc.record({ x: side, y: side, width: size, height: size });
    fc.assert(
      fc.property(rectangle, fc.boolean(), (before, two) => {
        const areas = two ? [screen, right] : [screen];
        const at = placeIn(areas, before);
        expect(
          areas.some(
            (area) =>
              at.x >= area.x &&
              at.y >= area.y &&
              at.x + at.width <= area.x + area.width &&
              at.y + at.height <= area.y + area.height,
          ),
        ).toBe(true);
        expect(Math.min(at.width, at.height)).toBeGreaterThanOrEqual(360);
      }),
    );
  });

  it('notes that are damaged are as if nothing had been noted', () => {
    const folder = join(root, 'notes');
    mkdirSync(folder);
    for (const text of ['', '{', '[]', '{"bounds":{"x":"1"},"recent":[3],"saveFolder":7}']) {
      writeFileSync(join(folder, 'desktop.json'), text);
      expect(openNotes(folder).notes).toEqual({ bounds: null, maximized: false, saveFolder: null, recent: [] });
    }
    openNotes(folder).write({ saveFolder: '/somewhere' });
    expect(openNotes(folder).notes.saveFolder).toBe('/somewhere');
  });
});

describe('opened files', () => {
  it('are what is there and no option, and the page never learns their paths', () => {
    writeFileSync(join(root, 'sales.csv'), 'x');
    mkdirSync(join(root, 'folder'));
    const paths = filesIn(['--flag', 'sales.csv', 'absent.csv', 'folder'], root);
    expect(paths).toEqual([join(root, 'sales.csv')]);
    const opened = openedFiles();
    const [file] = opened.take(paths);
    expect(file.name).toBe('sales.csv');
    expect(file.path).not.toContain(root);
    expect(opened.pathOf(file.path)).toBe(paths[0]);
    expect(opened.pathOf('/etc/passwd')).toBe(null);
    expect(opened.pathOf('opened:7')).toBe(null);
  });
});

describe('a second start', () => {
  it('hands its files to the first and gets its address', async () => {
    const asked: string[][] = [];
    const door = await openJoinDoor(join(root, 'shop.db'), ({ files }) => {
      asked.push(files);
      return { url: files.length > 0 ? 'http://127.0.0.1:1/?once' : null };
    });
    if (process.platform !== 'win32') expect(statSync(door.address).mode & 0o777).toBe(0o600);
    expect(await askToJoin(door.address, { files: ['/a.csv'] })).toEqual({ url: 'http://127.0.0.1:1/?once' });
    expect(await askToJoin(door.address, { files: [] })).toEqual({ url: null });
    expect(asked).toEqual([['/a.csv'], []]);
    door.close();
    expect(await askToJoin(door.address, { files: [] })).toBe(null);
  });

  it('a socket that a killed program left is in nobody’s way', async () => {
    const store = join(root, 'left.db');
    const first = await openJoinDoor(store, () => ({ url: 'first' }));
    const second = await openJoinDoor(store, () => ({ url: 'second' }));
    expect(await askToJoin(first.address, { files: [] })).toBe(null);
    expect(await askToJoin(second.address, { files: [] })).toEqual({ url: 'second' });
    for (const door of [first, second]) door.close();
  });
});
