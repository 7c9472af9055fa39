import { basename } from 'node:path';
import { SingleBar } from 'cli-progress';
import { tell } from './terminal.ts';

/** How far a work is, as the person at the terminal sees it. */
export interface ProgressDisplay {
  /** `progress` from 0 to 1, null while it cannot be told. */
  update(progress: number | null, count: number, what?: string): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;
const STEPS = 1_000;
const grouped = (count: number): string => count.toLocaleString('en');

/** A bar on a terminal; else, where it goes to a file or a log, a line each few seconds. */
export function displayProgress(file: string): ProgressDisplay {
  return process.stderr.isTTY ? bar(basename(file)) : lines(basename(file));
}

/** Of work that is often done at once: nothing is shown before there is progress to be told. */
export function displayOnceUnderWay(name: string): ProgressDisplay {
  let display: ProgressDisplay | undefined;
  return {
    update: (...progress) => {
      display ??= displayProgress(name);
      display.update(...progress);
    },
    stop: () => display?.stop(),
  };
}

function bar(name: string): ProgressDisplay {
  const shown = new SingleBar({
    format: `${name} {bar} {percentage} % · {counted} · {eta_formatted} left`,
    ...{ stream: process.stderr, hideCursor: true, clearOnComplete: true, etaBuffer: 50 },
    stopOnComplete: false,
  });
  shown.start(STEPS, 0, { counted: '' });
  return {
    update: (progress, count, what = 'trades') =>
      shown.update(Math.floor((progress ?? 0) * STEPS), { counted: `${grouped(count)} ${what}` }),
    stop: () => shown.stop(),
  };
}

function lines(name: string): ProgressDisplay {
  let told = performance.now();
  return {
    update: (progress, count, what = 'trades') => {
      const now = performance.now();
      if (now - told < LINE_EVERY_MS) return;
      told = now;
      const share = progress === null ? '' : `${Math.floor(progress * 100)} %, `;
      tell(`${name}: ${share}${grouped(count)} ${what}`);
    },
    stop: () => undefined,
  };
}
