import type { Log } from './log.ts';

/** A fault that nobody catches is in the log as well: who has no terminal would see nothing of it. */
export function logCrashes(log: Pick<Log, 'error'>): void {
  process.on('uncaughtExceptionMonitor', (err, origin) =>
    log.error({ err, origin }, 'a fault that nobody has caught'),
  );
}
