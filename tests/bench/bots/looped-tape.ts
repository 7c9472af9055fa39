import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { unwrap } from '../tape/figures.ts';
import { LoopedTrades } from '../tape/looped-trades.ts';
import { RowTape } from '../tape/row-tape.ts';

const AT_ONCE = 250_000;

/** The recorded trades over and over, on a tape and, so many of them, as rows. */
export function recordLoopedTape(
  paths: { readonly tape: string; readonly rows: string },
  counts: { readonly tape: number; readonly rows: number },
) {
  const tape = unwrap(openTapeDatabase(paths.tape));
  const rows = new RowTape(paths.rows);
  const source = new LoopedTrades('spot-btcusdt');
  const recorder = new TapeRecorder({
    ...{ store: tape, clock: systemClock, mostPending: 2 * AT_ONCE },
    onFailure: (reason) => {
      throw new Error(reason);
    },
    onRecovery: () => undefined,
  });
  for (let done = 0; done < counts.tape; done += AT_ONCE) {
    const trades = source.take(Math.min(AT_ONCE, counts.tape - done));
    for (const trade of trades) recorder.record(trade);
    unwrap(recorder.flush());
    if (done < counts.rows) rows.record(trades.slice(0, counts.rows - done), () => false);
  }
  unwrap(recorder.dispose());
  rows.close();
  tape.close();
  return source.instrumentId;
}
