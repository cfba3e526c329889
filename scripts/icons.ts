/** Draws resources/icons/icon.png from icon.svg with the Chromium of the system; run after changing the drawing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../src-main/doors/browser.ts';

const folder = join(import.meta.dirname, '..', 'resources', 'icons');
const found = findBrowser();
if (!found) throw new Error('No Chrome or Chromium was found to draw with.');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1024, height: 1024 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(join(folder, 'icon.svg'), 'utf8')}`);
await page.screenshot({ path: join(folder, 'icon.png'), omitBackground: true });
await browser.close();
