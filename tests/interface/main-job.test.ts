import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainJob } from './main-job.ts';
import { type OpenWindow, openWindow, whyNot } from './window.ts';

for (const door of ['http', 'electron'] as const) {
  const reason = whyNot(door);
  if (reason) console.log(`SKIPPED: the main job through ${door}: ${reason}`);

  describe.skipIf(reason !== null)(`the main job through ${door}`, () => {
    let window: OpenWindow;
    beforeAll(async () => {
      window = await openWindow(door);
    });
    afterAll(async () => {
      await window?.close();
    });

    for (const scenario of mainJob) it(scenario.name, () => scenario.run(window));

    it('asked nothing of any other address and the page threw nothing', () => {
      expect(window.foreignRequests).toEqual([]);
      expect(window.pageErrors).toEqual([]);
    });
  });
}
