/**
 * `npm run icons`: draws resources/icons/ from icon.svg (the program) and document.svg (a company's file) with the
 * Chromium of the system, in the form each system wants, so that packing needs no tool for it; run after changing a
 * drawing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findBrowser } from '../src-main/doors/browser.ts';
import { type Drawing, icns, icnsTypes, ico, icoSizes } from './icon-containers.ts';

const folder = join(import.meta.dirname, '..', 'resources', 'icons');
/** Sizes of the freedesktop icon theme. */
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const allSizes = [...new Set([...linuxSizes, ...icoSizes, ...icnsTypes.map(([, size]) => size)])];

/** Draws at the size itself, not from a larger picture: lines stay sharp. */
async function draw(page: Page, svg: string, size: number): Promise<Drawing> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  const pixels = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, image.width, image.height).data];
  }, png.toString('base64'));
  return { size, png, pixels: Buffer.from(pixels) };
}

const found = findBrowser();
if (!found) throw new Error('No Chrome or Chromium was found to draw with.');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
const page = await browser.newPage();

for (const name of ['icon', 'document']) {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8');
  const drawings = new Map<number, Drawing>();
  for (const size of allSizes) drawings.set(size, await draw(page, svg, size));
  const drawing = (size: number): Drawing => drawings.get(size)!;
  writeFileSync(join(folder, `${name}.ico`), ico(icoSizes.map(drawing)));
  writeFileSync(
    join(folder, `${name}.icns`),
    icns((size) => drawing(size).png),
  );
  if (name === 'document') continue;
  writeFileSync(join(folder, 'icon.png'), drawing(1024).png);
  mkdirSync(join(folder, 'linux'), { recursive: true });
  for (const size of linuxSizes) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), drawing(size).png);
}
await browser.close();
