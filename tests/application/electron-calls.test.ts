/** Calls over the Electron door's wire: what the page may ask, what is carried, what a page that has gone still gets. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Callable } from '../../src-main/doors/frames.ts';
import type { Bridge } from '../../src-shared/bridge.ts';
import type { CallOptions, Frame } from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';
import { sendChannel } from '../../src-main/doors/ipc-channels.ts';
import { type Wire, wire } from '../stand-in/wire.ts';

const aborted = vi.fn();
const asked = vi.fn();

const call = (async (method: string, input: unknown, { onProgress, signal }: CallOptions = {}) => {
  asked(method, input);
  if (method === 'overview.get') throw new AppError('no-data', 'There are no sales yet.', { a: 1 });
  if (method !== 'forecast.run') return { method, input };
  onProgress?.({ done: 1, total: 2, note: 'training', rate: null });
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      aborted();
      reject(new AppError('cancelled', 'Cancelled; nothing was changed.'));
    });
  });
}) as Callable['call'];

let wired: Wire;
let bridge: Bridge;
let frames: [number, Frame][];

beforeEach(() => {
  vi.clearAllMocks();
  wired = wire({ call });
  bridge = wired.bridge({}, { 'sales.csv': '/home/me/sales.csv' });
  frames = [];
  bridge.onFrame((id, frame) => frames.push([id, frame]));
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('calls', () => {
  it('carries a result and an error with its details', async () => {
    bridge.send({ id: 1, method: 'app.info', input: {} });
    bridge.send({ id: 2, method: 'overview.get', input: {} });
    await settled();
    expect(frames).toEqual([
      [1, { kind: 'result', output: { method: 'app.info', input: {} } }],
      [2, { kind: 'error', error: { code: 'no-data', message: 'There are no sales yet.', details: { a: 1 } } }],
    ]);
  });

  it('carries progress and cancels', async () => {
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    await settled();
    expect(frames).toEqual([[1, { kind: 'progress', progress: { done: 1, total: 2, note: 'training', rate: null } }]]);
    bridge.cancel(9);
    expect(aborted).not.toHaveBeenCalled();
    bridge.cancel(1);
    await settled();
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(frames[1]).toMatchObject([1, { kind: 'error', error: { code: 'cancelled' } }]);
  });

  it('knows the methods of the contract only', async () => {
    for (const [id, method] of ['no.such', 'constructor', '__proto__', 'toString'].entries())
      bridge.send({ id, method, input: {} });
    await settled();
    expect(frames.map(([, frame]) => frame.kind === 'error' && frame.error.code)).toEqual(
      Array(4).fill('unknown-method'),
    );
    expect(asked).not.toHaveBeenCalled();
  });

  it('drops messages of other pages, of frames in the page and without a sound id', async () => {
    for (const sender of [
      { url: 'https://example.com/' },
      { url: 'app://salescope.evil/' },
      { url: 'file:///x' },
      { parent: {} },
    ]) {
      const foreign = wired.bridge(sender);
      foreign.send({ id: 1, method: 'app.info', input: {} });
    }
    const question = { id: 1, method: 'app.info', input: {} };
    wired.ipc.emit(sendChannel, { sender: wired.sender, senderFrame: null }, question);
    for (const id of ['1', null, 1.5, {}]) bridge.send({ id: id as number, method: 'app.info', input: {} });
    const event = { sender: wired.sender, senderFrame: { url: 'app://salescope/', parent: null } };
    for (const value of [null, undefined, 7, 'x']) wired.ipc.emit(sendChannel, event, value);
    await settled();
    expect(asked).not.toHaveBeenCalled();
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    wired.bridge({ url: 'https://example.com/' }).cancel(1);
    await settled();
    expect(aborted).not.toHaveBeenCalled();
  });

  it('cancels the calls of a page that has gone, and tells the next page nothing of them', async () => {
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    await settled();
    wired.calls.forget();
    bridge.send({ id: 1, method: 'app.info', input: {} });
    await settled();
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(frames.slice(1)).toEqual([[1, { kind: 'result', output: { method: 'app.info', input: {} } }]]);
  });

  it('sends nothing to a page that is destroyed', async () => {
    wired.destroy();
    bridge.send({ id: 1, method: 'app.info', input: {} });
    await settled();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(frames).toEqual([]);
  });
});

describe('the bridge', () => {
  it('has send, cancel, onFrame and onWish and nothing else', () => {
    expect(Object.keys(bridge).sort()).toEqual(['cancel', 'onFrame', 'onWish', 'send']);
  });

  it("takes a file's path from the chosen file only", async () => {
    const input = { file: { path: '/etc/passwd', name: 'sales.csv' }, options: {} };
    bridge.send({ id: 1, method: 'import.preview', input }, new File(['x'], 'sales.csv'));
    bridge.send({ id: 2, method: 'import.preview', input });
    await settled();
    expect(asked.mock.calls).toEqual([
      ['import.preview', { file: { path: '/home/me/sales.csv', name: 'sales.csv' }, options: {} }],
      ['import.preview', { file: { path: '', name: 'sales.csv' }, options: {} }],
    ]);
    expect(input.file.path).toBe('/etc/passwd');
  });

  it('stops listening when told', async () => {
    const heard = vi.fn();
    bridge.onFrame(heard)();
    bridge.send({ id: 1, method: 'app.info', input: {} });
    await settled();
    expect(heard).not.toHaveBeenCalled();
    expect(frames).toHaveLength(1);
  });
});
