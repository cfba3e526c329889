import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainJob } from './main-job.ts';
import { doors, type OpenWindow, openWindow, whyNot } from './window.ts';

for (const door of doors) {
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

    // Each step stands on the one before: after a failure the rest fail at once instead of waiting one by one.
    let whole = true;
    for (const scenario of mainJob) {
      it(scenario.name, async () => {
        expect(whole, 'an earlier step of the way failed').toBe(true);
        whole = false;
        await scenario.run(window);
        whole = true;
      });
    }

    it('asked nothing of any other address and the page threw nothing', () => {
      expect(window.foreignRequests).toEqual([]);
      expect(window.pageErrors).toEqual([]);
    });
  });
}
