/** Run as a child: opens a store, calls one method after the other, prints what each answered or with which code it failed. */
import { createApplication } from '../../src-main/application/application.ts';
import { toAppError } from '../../src-shared/errors.ts';

const [storePath, calls] = process.argv.slice(2);
const { call, close } = createApplication({ storePath, door: 'a child', patienceMs: 0 });
const answers: unknown[] = [];
for (const [method, input] of JSON.parse(calls)) {
  try {
    answers.push(await call(method as never, input as never));
  } catch (error) {
    const { code, message } = toAppError(error);
    answers.push({ code, message });
  }
}
await close();
process.stdout.write(JSON.stringify(answers));
