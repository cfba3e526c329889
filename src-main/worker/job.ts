/** What a running task may say and ask. */
export interface Job {
  /**
   * Says how far the work is and throws AppError 'cancelled' once the caller has cancelled.
   * Cheap enough for inner loops: progress leaves at most every 100 ms.
   */
  tick(done: number, total: number | null, note?: string, rate?: number | null): void;
  /** Lets waiting short calls of this thread be answered; long jobs on the data thread await it between chunks. */
  pause(): Promise<void>;
}

/** For tests and callers that want neither progress nor cancel. */
export const quietJob: Job = { tick() {}, pause: () => Promise.resolve() };
