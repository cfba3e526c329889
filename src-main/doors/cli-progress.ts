import type { Progress } from '../../src-shared/domain.ts';

export interface ProgressLine {
  show(step: string, progress: Progress | null): void;
  /** Ends the line, so that other text can follow. */
  end(): void;
}

const count = new Intl.NumberFormat('en');
const sparseMs = 2000;

function detail(step: string, { done, total, note, rate }: Progress): string {
  const share = total ? `${Math.min(100, Math.floor((100 * done) / total))} %` : '';
  const speed = rate ? `${count.format(Math.round(rate))} rows/s` : '';
  const more = step.includes(note) ? '' : note;
  return [share, speed, more].filter((part) => part !== '').join(', ');
}

/** One line that is written over on a terminal; elsewhere a line per step and one every two seconds. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  let step = '';
  let open = false;
  let last = 0;
  let said = '';
  // A pseudo-terminal without a size says 0.
  const width = () => (stream.columns || 80) - 1;

  function rewrite(text: string): void {
    stream.write(`\r\u001b[K${text.slice(0, width())}`);
    open = true;
  }

  function append(text: string, fresh: boolean): void {
    const now = performance.now();
    if (text === said || (!fresh && now - last < sparseMs)) return;
    last = now;
    said = text;
    stream.write(`${text}\n`);
  }

  return {
    show(name, progress) {
      const fresh = name !== step;
      step = name;
      const more = progress ? detail(name, progress) : '';
      const text = more ? `${name}: ${more}` : `${name} …`;
      if (stream.isTTY) rewrite(text);
      else append(text, fresh);
    },
    end() {
      if (open) stream.write('\r\u001b[K');
      open = false;
      step = '';
    },
  };
}
