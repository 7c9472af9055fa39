import { writeSync } from 'node:fs';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { liveTape } from '#main/app/tape/live-tape.ts';
import { runInThread } from '#main/app/tape/tape-thread.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { END } from './killed-process.ts';
import { unwrap } from './tape-soundness.ts';

/**
 * Imports a file in a thread while the main one records the same instrument, until it is killed.
 * Trades of the file have the ids up to LAST; recorded ones those after it.
 */
const [path = '', instrument = '', file = '', last = '0'] = process.argv.slice(2);
const INSTRUMENT = instrument as InstrumentId;
const RECORD_EVERY_MS = 5;

const say = (line: string): void => void writeSync(1, `${line}${END}\n`);

const tape = unwrap(openTapeDatabase(path));
const recorder = new TapeRecorder({
  store: liveTape(tape),
  clock: systemClock,
  onFailure: (reason) => {
    throw new Error(reason);
  },
  onRecovery: () => undefined,
});
let id = Number(last);
setInterval(() => {
  const now = Date.now() as EpochMs;
  recorder.record({
    ...{ instrumentId: INSTRUMENT, id: String(++id), aggressorSide: 'buy' },
    ...{ price: 100 as Price, size: 1 as Size, eventTime: now, receivedTime: now },
  });
}, RECORD_EVERY_MS);

const params = { file, format: 'auto', instrumentId: INSTRUMENT } as const;
const work = runInThread(path)({ kind: 'import', params }, ({ trades }) =>
  say(`brought ${trades}`),
);
say('begun');
const end = await work.end;
say(`ended ${end.state}`);
