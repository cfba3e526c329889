/** Run as a child: opens a store, says so, does one thing when told, says when it is done. */
import { createApplication } from '../../src-main/application/application.ts';

const [storePath, method, input] = process.argv.slice(2);
const { call, close } = createApplication({ storePath, door: 'a child', patienceMs: 0 });
await call('app.info', {});
// The training thread is there, so that a kill meets the work and not the start.
await call('forecast.models', {});
process.once('message', async () => {
  await call(method as never, JSON.parse(input) as never);
  process.send?.('done');
  await close();
  process.exit(0);
});
process.send?.('ready');
