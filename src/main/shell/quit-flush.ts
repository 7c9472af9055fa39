import type { TimerClock } from '#domain/clock.ts';
import type { MonitorForShell } from './dependencies.ts';
import type { ShellApp } from './electron-modules.ts';

export interface QuitFlushOptions {
  readonly app: ShellApp;
  readonly monitor: MonitorForShell;
  readonly clock: TimerClock;
  /** Called once, before the monitor is closed. */
  readonly onQuit: () => void;
  readonly reportBug: (error: unknown) => void;
}

const DEADLINE_MS = 3_000;

/**
 * Holds every quit back, after the windows have closed, until the monitor is on disk or 3 s are
 * over. Returns the same way out for a quit of the shell's own, with its exit code.
 */
export function flushBeforeQuit(options: QuitFlushOptions): (exitCode: number) => void {
  let isQuitting = false;
  const quit = (exitCode: number) => {
    if (isQuitting) return;
    isQuitting = true;
    options.onQuit();
    closeWithin(options, DEADLINE_MS).then((closed) => options.app.exit(closed ? exitCode : 1));
  };
  options.app.on('will-quit', (event) => {
    event.preventDefault();
    quit(0);
  });
  return quit;
}

/** Whether the monitor closed cleanly and in time. */
function closeWithin(
  { monitor, clock, reportBug }: QuitFlushOptions,
  deadlineMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const cancelDeadline = clock.setTimeout(() => resolve(false), deadlineMs);
    monitor
      .close()
      .then(() => resolve(true))
      .catch((error: unknown) => {
        reportBug(error);
        resolve(false);
      })
      .finally(cancelDeadline);
  });
}
