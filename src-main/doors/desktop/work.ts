/**
 * Watches over long work: the machine stays awake meanwhile, the task bar shows how far it is, its end is told when nobody
 * looks, and quitting asks what is to become of it.
 */
import type * as Electron from 'electron';
import { contract, isMethodName } from '../../../src-shared/contract.ts';
import type { WorkKind } from '../../../src-shared/contract/method.ts';
import { createSay } from '../../application/sentences.ts';
import type { CallWatch, PageCall } from '../electron-calls.ts';

export type WorkParts = Pick<typeof Electron, 'dialog' | 'Notification' | 'powerSaveBlocker'>;

/** Work that took less is over before anybody has looked away. */
const tellAfterMs = 10_000;

export const workOf = ({ method }: PageCall): WorkKind | null => {
  if (!isMethodName(method)) return null;
  const definition = contract[method];
  return 'work' in definition ? (definition.work ?? null) : null;
};

interface Running {
  kind: WorkKind;
  since: number;
}

export type QuitAnswer = 'stay' | 'background' | 'stop';

const say = createSay({ locale: 'en', currency: null });

export class Work implements CallWatch {
  private readonly parts: WorkParts;
  private readonly theWindow: () => Electron.BrowserWindow | null;
  private readonly running = new Map<PageCall, Running>();
  private blocker: number | null = null;
  private idle: (() => void) | null = null;

  constructor(parts: WorkParts, theWindow: () => Electron.BrowserWindow | null) {
    this.parts = parts;
    this.theWindow = theWindow;
  }

  /** What the user would miss: a forecast that a page asked for a moment ago is worked out again as fast. */
  get missed(): WorkKind[] {
    const now = performance.now();
    const kept = [...this.running.values()].filter(
      ({ kind, since }) => kind !== 'training' || now - since >= tellAfterMs,
    );
    return [...new Set(kept.map(({ kind }) => kind))];
  }

  began(call: PageCall): void {
    const kind = workOf(call);
    if (!kind) return;
    this.running.set(call, { kind, since: performance.now() });
    this.settle();
  }

  progress(call: PageCall, share: number | null): void {
    // Above 1 the system shows that it goes on, and not how far.
    if (this.running.has(call)) this.theWindow()?.setProgressBar(share ?? 2);
  }

  ended(call: PageCall, whole: boolean): void {
    const work = this.running.get(call);
    if (!work) return;
    this.running.delete(call);
    this.tell(work, whole);
    this.settle();
  }

  /** Called once nothing is being worked at any more. */
  whenIdle(then: () => void): void {
    if (this.running.size === 0) then();
    else this.idle = then;
  }

  /** Asks the user what is to become of the work. */
  async ask(window: Electron.BrowserWindow): Promise<QuitAnswer> {
    const { response } = await this.parts.dialog.showMessageBox(window, {
      type: 'question',
      message: say(`desktop.quit.${this.missed[0]}`),
      detail: say('desktop.quit.about'),
      buttons: [say('desktop.quit.background'), say('desktop.quit.stop'), say('desktop.quit.stay')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    return (['background', 'stop', 'stay'] as const)[response];
  }

  private settle(): void {
    const { powerSaveBlocker } = this.parts;
    if (this.running.size > 0) {
      this.blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      return;
    }
    if (this.blocker !== null) powerSaveBlocker.stop(this.blocker);
    this.blocker = null;
    this.theWindow()?.setProgressBar(-1);
    const then = this.idle;
    this.idle = null;
    then?.();
  }

  /** The end of long work is told where nobody looks. */
  private tell({ kind, since }: Running, whole: boolean): void {
    const { Notification } = this.parts;
    const looksAway = performance.now() - since >= tellAfterMs && this.theWindow()?.isFocused() === false;
    if ((this.idle === null && !looksAway) || !Notification.isSupported()) return;
    const title = say(`desktop.${whole ? 'done' : 'failed'}.${kind}`);
    const notice = new Notification({ title, body: say('desktop.open') });
    notice.on('click', () => {
      this.theWindow()?.show();
      this.theWindow()?.focus();
    });
    notice.show();
  }
}
