/** Where the window opens: where it was, as far as that is still on a screen. */
import type * as Electron from 'electron';
import type { NotePad, Rectangle } from './desktop-notes.ts';

const wanted = { width: 1366, height: 860 };
export const smallest = { width: 360, height: 480 };

const overlap = (a: Rectangle, b: Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(value, high));

/**
 * The bounds of a window that lies wholly inside the work area of a screen: the one it was on, else the first.
 * @param before null: never opened, so in the middle of the first screen
 * @param areas work areas, without task bars; the primary screen first
 */
export function placeIn(areas: Rectangle[], before: Rectangle | null): Rectangle {
  const area =
    before && areas.some((one) => overlap(one, before) > 0)
      ? areas.reduce((best, one) => (overlap(one, before) > overlap(best, before) ? one : best))
      : areas[0];
  const width = between(Math.min(smallest.width, area.width), before?.width ?? wanted.width, area.width);
  const height = between(Math.min(smallest.height, area.height), before?.height ?? wanted.height, area.height);
  const middle = { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2 };
  const { x, y } = before && overlap(area, before) > 0 ? before : middle;
  return {
    x: Math.round(between(area.x, x, area.x + area.width - width)),
    y: Math.round(between(area.y, y, area.y + area.height - height)),
    width: Math.round(width),
    height: Math.round(height),
  };
}

/** Moves are many; one note is enough when they have ended. */
const settledMs = 500;

/** Notes where the window is, now and whenever it has been moved. */
export function rememberPlace(window: Electron.BrowserWindow, pad: NotePad): void {
  let timer: NodeJS.Timeout | null = null;
  const note = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (window.isDestroyed() || window.isMinimized()) return;
    pad.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(note, settledMs);
    timer.unref();
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', note);
}
