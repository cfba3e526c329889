/** `npm run screenshots`: makes docs/screenshots/ from the demo company: light, dark, laptop and phone. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { allPages, openPage } from '../tests/interface/pages.ts';
import { openWindow, projectRoot, whyNot } from '../tests/interface/window.ts';

const target = join(projectRoot, 'docs', 'screenshots');
const looks = [
  {
    name: 'light',
    width: 1366,
    height: 768,
    colorScheme: 'light',
    pages: allPages.filter(({ name }) => name !== 'customer').map(({ heading }) => heading),
  },
  { name: 'dark', width: 1366, height: 768, colorScheme: 'dark', pages: ['Overview', 'Forecast', 'Customers'] },
  {
    name: 'phone',
    width: 390,
    height: 844,
    colorScheme: 'light',
    pages: ['Overview', 'Forecast', 'Customers', 'Import'],
  },
] as const;

const reason = whyNot('http');
if (reason) {
  console.error(`No screenshots: ${reason}.`);
  process.exit(1);
}
mkdirSync(target, { recursive: true });
const window = await openWindow('http');
try {
  const { page, application } = window;
  await application!.call('settings.set', { currency: 'EUR', locale: 'en-IE', businessName: 'Lantern & Loom' });
  await application!.call('demo.load', {});
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const look of looks) {
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    for (const one of allPages.filter(({ heading }) => (look.pages as readonly string[]).includes(heading))) {
      await openPage(page, one);
      const path = join(target, `${look.name}-${one.heading.toLowerCase().replaceAll(' ', '-')}.png`);
      await page.screenshot({ path });
      console.log(path);
    }
  }
} finally {
  await window.close();
}
