import type { TapeWork, TapeWorkEnd, TapeWorkReport } from '../tape/tape-work.ts';
import { openTapeWorkPlace } from '../tape/tape-work-place.ts';
import type { HubPlace } from './hub-request.ts';
import { INTERRUPTED } from './interruption.ts';
import { displayProgress, type ProgressDisplay } from './progress-display.ts';
import { tell } from './terminal.ts';

/** Does one work after the other, shows how far it is, and gives the exit code. Ctrl-C stops it. */
export async function runTapeWorks<W extends TapeWork>(
  works: readonly W[],
  place: HubPlace,
  onEnd: (work: W, end: TapeWorkEnd) => void,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  // The second time it ends at once: nothing is lost by that either.
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const opened = openTapeWorkPlace(place);
  if (!opened.ok) {
    tell(opened.error.message);
    return 1;
  }
  let exitCode = 0;
  try {
    for (const work of works) {
      const display = displayProgress(work.params.file);
      const end = await opened.value.run(work, {
        signal: stop.signal,
        onProgress: (report) => showProgress(display, report),
      });
      display.stop();
      if (!end.ok) {
        tell(end.error.message);
        return 1;
      }
      onEnd(work, end.value);
      if (end.value.state === 'failed') exitCode = 1;
      if (stop.signal.aborted) return INTERRUPTED;
    }
    return exitCode;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    opened.value.close();
  }
}

function showProgress(display: ProgressDisplay, report: TapeWorkReport): void {
  const { progress, trades } = report;
  if ('candles' in report && report.format === 'candles') {
    display.update(progress, report.candles, 'candles');
  } else display.update(progress, trades);
}
