import { tell } from './terminal.ts';

/** As the shell has it: ended by SIGINT. */
export const INTERRUPTED = 130;

/**
 * Does work that Ctrl-C (or SIGTERM) stops by the signal, and gives its exit code; null, where the work
 * says that it was stopped, is told and becomes the shell's own code for that. A second Ctrl-C ends the
 * process at once.
 */
export async function whileInterruptible(
  work: (signal: AbortSignal) => Promise<number | null>,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const exitCode = await work(stop.signal);
    if (exitCode !== null) return exitCode;
    tell('Canceled.');
    return INTERRUPTED;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
