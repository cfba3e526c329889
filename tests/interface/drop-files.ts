import type { Page } from 'playwright';

/** Drops files from the disk on a part of the page, as a person does with the mouse. */
export async function dropFiles(page: Page, testId: string, paths: string[]): Promise<void> {
  const box = (await page.getByTestId(testId).boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await session.detach();
}
