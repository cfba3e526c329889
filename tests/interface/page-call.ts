/** A test's own calls through the page's bridge: the way of every click, without the click. */
import type { Page } from 'playwright';
import type { Bridge } from '../../src-shared/bridge.ts';
import type { Call } from '../../src-shared/contract.ts';
import { type ErrorFrame, fromErrorFrame } from '../../src-shared/errors.ts';

/** Ids that the page's own client does not reach. */
let lastId = 1_000_000_000;

/** Asks over `window.salescope`; a file is named by its path and handed over as a chosen file is. */
export function callThroughBridge(page: Page): Call {
  return (async (method: string, input: object) => {
    const path = (input as { file?: { path?: string } }).file?.path;
    if (path) {
      await page.evaluate(() => {
        document.body.append(
          Object.assign(document.createElement('input'), { type: 'file', id: 'test-file', hidden: true }),
        );
      });
      await page.locator('#test-file').setInputFiles(path);
    }
    const answer = await page.evaluate(
      ({ id, method: name, input: question }) =>
        new Promise<{ output?: unknown; error?: unknown }>((resolve) => {
          const bridge = (window as unknown as { salescope: Bridge }).salescope;
          const box = document.querySelector<HTMLInputElement>('#test-file');
          const stop = bridge.onFrame((frameId, frame) => {
            if (frameId !== id || frame.kind === 'progress') return;
            stop();
            box?.remove();
            resolve(frame.kind === 'result' ? { output: frame.output } : { error: frame.error });
          });
          bridge.send({ id, method: name, input: question }, box?.files?.[0]);
        }),
      { id: ++lastId, method, input },
    );
    if (answer.error) throw fromErrorFrame(answer.error as ErrorFrame);
    return answer.output;
  }) as Call;
}
