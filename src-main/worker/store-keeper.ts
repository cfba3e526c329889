/**
 * Keeps the data thread's store: opened once, claimed where something is to be changed, followed where another program
 * changes it, copied before it changes, checked from time to time, and replaced where the user says so.
 */
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import type { Backup, BackupNote, BackupReason, Note, StoreState } from '../../src-shared/domain.ts';
import { AppError, toAppError } from '../../src-shared/errors.ts';
import { removeOrphans } from '../drafts.ts';
import { copyFolders, holdings, isCopy, listBackups, makeBackup } from '../store/backups.ts';
import { fullCheck } from '../store/check-store.ts';
import { listImports } from '../store/import-ledger.ts';
import { readMachineNotes, writeMachineNotes } from '../store/machine-notes.ts';
import { changeOf, connectForReading, openStore, type Store } from '../store/open-store.ts';
import { claim } from '../store/owner.ts';
import { damaged, inWords, readOnlyStore } from '../store/store-errors.ts';
import { syncedBy } from '../store/synced-folder.ts';
import { revenueOf } from './figures.ts';
import type { Job } from './job.ts';
import type { ThreadStart } from './messages.ts';
import { Session } from './session.ts';

const retryMs = 200;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;

export class StoreKeeper {
  readonly path: string;
  private readonly start: ThreadStart;
  private session: Session | null = null;
  private trouble: AppError | null = null;
  /** Changes of the store as the session knows it. */
  private change = 0;
  private timer: NodeJS.Timeout | null = null;
  /** Where another start may ask this program to come forward. */
  private join: string | null = null;

  constructor(start: ThreadStart) {
    this.start = start;
    this.path = start.storePath;
    this.open();
  }

  /** Opens the store; what stands in the way is kept and answered to every call that needs it. */
  open(acceptLoss = false): void {
    this.session?.close();
    this.session = null;
    this.trouble = null;
    try {
      const claims = this.start.claim === 'now' || acceptLoss;
      this.adopt(claims ? this.openOwned(acceptLoss) : openStore(this.path, { as: 'reader', door: this.start.door }));
    } catch (error) {
      this.trouble = toAppError(error);
    }
    if (this.session && this.start.claim === 'now') this.watch();
  }

  /** What stood in the way may be gone by now, or the other program that owned the store. */
  reopen(): void {
    if (this.trouble || !this.session?.store.owned) this.open();
  }

  /** A store that another one owns can be read. */
  private openOwned(acceptLoss: boolean): Store {
    try {
      return this.openAsOwner(acceptLoss);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store-busy') throw error;
      return openStore(this.path, { as: 'reader', door: this.start.door });
    }
  }

  private openAsOwner(acceptLoss = false): Store {
    const store = openStore(this.path, {
      door: this.start.door,
      acceptLoss,
      beforeUpgrade: (db) => {
        if (this.start.backups) makeBackup(db, this.path, { ...this.noteFor(db, 'upgrade'), revenue: null });
      },
    });
    if (store.owned) this.clearUp();
    return store;
  }

  /** Takes away what a run that was killed left half-written. */
  private clearUp(): void {
    removeOrphans(dirname(this.path), (name) => name.startsWith(basename(this.path)));
    removeOrphans(tmpdir(), (name) => name.startsWith('salescope-'));
    for (const folder of copyFolders(this.path)) removeOrphans(folder, isCopy);
  }

  private adopt(store: Store): void {
    if (this.join) store.answersAt(this.join);
    if (this.session) this.session.follow(store);
    else this.session = new Session(store, (reason) => this.backupBefore(reason), this.start.safe);
    this.change = changeOf(store.db);
  }

  /** Others learn it once this program owns the store, now or later. */
  answersAt(join: string): void {
    this.join = join;
    this.session?.store.answersAt(join);
  }

  /** @throws AppError why the store cannot be used */
  require(): Session {
    if (this.trouble) throw this.trouble;
    return this.session!;
  }

  /**
   * Runs a task on the session; everything it reads belongs together, also where another program writes.
   * @throws AppError why the store cannot be used
   */
  async within<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
    const session = this.require();
    const { store } = session;
    const change = store.beginReading();
    try {
      if (!store.owned && change !== this.change) {
        session.follow(store);
        this.change = change;
      }
      return await work(session);
    } catch (error) {
      throw this.note(error);
    } finally {
      store.endReading();
    }
  }

  /**
   * Makes this program the owner, waiting a while for another one to end.
   * @throws AppError 'store-busy', 'store-read-only', 'cancelled'
   */
  async own(job: Job): Promise<void> {
    const { store } = this.require();
    if (store.owned) return;
    const until = performance.now() + this.start.patienceMs;
    for (;;) {
      try {
        const owned = this.openAsOwner();
        if (!owned.owned) {
          owned.close();
          throw readOnlyStore(this.path);
        }
        store.close();
        return this.adopt(owned);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'store-busy' || performance.now() > until) throw error;
        job.tick(0, null, error.message);
        await new Promise((done) => setTimeout(done, retryMs));
      }
    }
  }

  /** An error that says the store itself is wrong closes it to every further call. */
  note(error: unknown): unknown {
    const told = inWords(this.path, error);
    if (told instanceof AppError && told.code === 'store-damaged') this.trouble = told;
    return told;
  }

  private noteFor(db: Store['db'], reason: BackupReason): BackupNote {
    const settings = this.session?.settings ?? {};
    return {
      reason,
      madeAt: new Date().toISOString(),
      change: this.session ? changeOf(db) : 0,
      ...holdings(listImports({ db }), settings as { businessName?: string; currency?: string | null }),
      revenue: null,
    };
  }

  /** What a copy made now would say of itself. */
  noteOfNow(reason: BackupReason): Promise<BackupNote> {
    return this.within(async (session) => {
      await session.load();
      return { ...this.noteFor(session.store.db, reason), revenue: revenueOf(session) };
    });
  }

  /**
   * Lets `work` copy the store. Where it is another program's, over a connection of its own: the session's may be in the
   * middle of reading.
   */
  copying<T>(work: (db: Store['db']) => T): T {
    const { store } = this.require();
    const db = store.owned ? store.db : connectForReading(this.path);
    try {
      return work(db);
    } catch (error) {
      throw this.note(error);
    } finally {
      if (db !== store.db) db.close();
    }
  }

  /** Makes a checked copy now. @throws AppError 'store-damaged', 'disk-full', 'file-not-readable' */
  async backup(reason: BackupReason): Promise<Backup> {
    const note = await this.noteOfNow(reason);
    return this.copying((db) => makeBackup(db, this.path, note));
  }

  /** Before a change: a copy, unless nothing has changed since the last one. What stands in the way is a note. */
  private async backupBefore(reason: BackupReason): Promise<Note | null> {
    if (!this.start.backups || !this.hasChanged()) return null;
    try {
      await this.backup(reason);
      return null;
    } catch (error) {
      const told = toAppError(this.note(error));
      if (told.code === 'store-damaged') throw told;
      return { code: 'backup-failed', params: { reason: told.message }, level: 'warning' };
    }
  }

  private hasChanged(): boolean {
    const change = changeOf(this.require().store.db);
    return change > 0 && change !== (listBackups(this.path)[0]?.change ?? -1);
  }

  /** Once an hour: is it time for the daily copy, or for the monthly check? */
  private watch(): void {
    if (!this.start.backups || this.timer) return;
    this.timer = setInterval(() => void this.tend(new Date()).catch(() => {}), hourMs);
    this.timer.unref();
    setTimeout(() => void this.tend(new Date()).catch(() => {}), this.start.tendAfterMs).unref();
  }

  /** The daily copy and the monthly check, where they are due. */
  async tend(now: Date): Promise<void> {
    if (this.trouble || !this.session?.store.owned) return;
    const newest = listBackups(this.path)[0];
    const isOld = !newest || now.getTime() - Date.parse(newest.madeAt) > dayMs;
    if (isOld && this.hasChanged()) await this.backupBefore('daily');
    const { checkedAt } = readMachineNotes(this.path);
    if (!checkedAt || now.getTime() - Date.parse(checkedAt) > monthMs) await this.check(() => {});
  }

  /** Looks at every byte that the store holds; other calls are answered between its steps. */
  async check(onStep: (done: number, total: number) => void): Promise<string[]> {
    const faults = await this.within(async ({ store }) => {
      const steps = fullCheck(store.db);
      const found: string[] = [];
      for (const [done, step] of steps.entries()) {
        onStep(done, steps.length);
        await new Promise((next) => setImmediate(next));
        const fault = step();
        if (fault) found.push(fault);
      }
      return found;
    });
    if (faults.length > 0) this.trouble = damaged(this.path, faults[0]);
    else this.noteCheck();
    return faults;
  }

  private noteCheck(): void {
    try {
      writeMachineNotes(this.path, { checkedAt: new Date().toISOString() });
    } catch {
      // A folder that cannot be written keeps no date of it.
    }
  }

  /**
   * Lets `work` put another file in the store's place, then opens what lies there.
   * @throws AppError 'store-busy' where another program owns it
   */
  replace<T>(work: () => T): T {
    this.session?.close();
    this.session = null;
    try {
      const right = claim(this.path, this.start.door, new Date());
      try {
        return work();
      } finally {
        right.release();
      }
    } catch (error) {
      throw inWords(this.path, error);
    } finally {
      this.open();
    }
  }

  state(): StoreState {
    const store = this.session?.store;
    const closed = this.trouble !== null || !store;
    const reading = store && !store.owned && this.start.claim === 'now';
    const lacksChanges = this.trouble?.details.lastChangesLost === true;
    return {
      path: this.path,
      state: closed ? 'closed' : reading ? 'reading' : 'open',
      trouble: this.trouble?.toJSON() ?? (reading ? this.whyReading(store).toJSON() : null),
      syncedBy: syncedBy(this.path),
      checkedAt: readMachineNotes(this.path).checkedAt,
      canSalvage: this.trouble?.code === 'store-damaged' && !lacksChanges,
      canAccept: lacksChanges,
    };
  }

  private whyReading({ owner }: Store): AppError {
    if (!owner) return readOnlyStore(this.path);
    const who = `Salescope (${owner.door}, process ${owner.pid}, since ${owner.since})`;
    return new AppError(
      'store-busy',
      `${who} works on these data. Here they can be read, not changed; close the other one to change something here.`,
      { path: this.path, owner },
    );
  }

  close(): void {
    if (this.timer) clearInterval(this.timer);
    this.session?.close();
    this.session = null;
  }
}
