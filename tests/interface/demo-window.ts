/** A window on the demo company, whose store is imported once for all test files. */
import { layDemoStore } from '../fixtures/demo-store.ts';
import { door, type OpenWindow, openWindow } from './window.ts';

/** Opens Salescope with the demo company, through the door of the tests that take one. */
export async function openDemo(): Promise<OpenWindow> {
  const window = await openWindow(door, { prepare: layDemoStore });
  await window.page.getByRole('heading', { level: 1 }).first().waitFor();
  return window;
}
