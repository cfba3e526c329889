/** Lets the caller in between two pieces of work: it answers others, shows progress, or throws to stop the reading. */
export type Pause = () => Promise<void>;

/** Some milliseconds of work, whatever is done with the cells. */
const cellsPerPause = 4096;

/** Counts the cells worked on, so that no loop keeps the caller waiting: `if (pace.due(cells)) await pace.pause();` */
export class Pace {
  private cells = 0;
  private readonly caller: Pause;

  constructor(caller: Pause) {
    this.caller = caller;
  }

  /** Counts cells; true once it is time to pause. */
  due(cells: number): boolean {
    this.cells += cells;
    return this.cells >= cellsPerPause;
  }

  /** @throws whatever the caller throws to stop the work */
  pause(): Promise<void> {
    this.cells = 0;
    return this.caller();
  }
}
