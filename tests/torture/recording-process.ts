import { writeSync } from 'node:fs';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { cpuShareOf } from './cpu-share.ts';
import { END } from './killed-process.ts';
import { readWholeTape, unwrap } from './tape-soundness.ts';

/**
 * Records invented trades at a high rate, going on where the tape ends, until it is killed. Says of
 * each batch `received ID TIME RAN WAITED`, and after a flush of its own `acknowledged ID`.
 */
const [path = '', instrument = '', seedText = '1'] = process.argv.slice(2);
const INSTRUMENT = instrument as InstrumentId;
const SIDE_LINE = instrumentId('torture', 'SIDE/LINE');
const TRADES_A_BATCH = 40;
const BATCH_EVERY_MS = 2;
const BATCHES_A_FLUSH = 37;
const BATCHES_A_GAP = 101;

const say = (line: string): void => void writeSync(1, `${line}${END}\n`);

const begun = readWholeTape(path, INSTRUMENT);
const tape = unwrap(openTapeDatabase(path));
const recorder = new TapeRecorder({
  store: tape,
  clock: systemClock,
  onFailure: (reason) => {
    throw new Error(reason);
  },
  onRecovery: () => undefined,
});
let id = begun.length;
let batch = Number(seedText);
setInterval(() => {
  const now = Date.now() as EpochMs;
  for (let index = 0; index < TRADES_A_BATCH; index++) {
    id++;
    const trade = {
      id: String(id),
      price: (60_000 + ((id * 7_919) % 10_007) / 100) as Price,
      size: (((id * 104_729) % 99_991) / 100_000) as Size,
      aggressorSide: id % 3 === 0 ? 'sell' : 'buy',
      // Some are late, so that order of time is not order of recording.
      eventTime: (now - (id % 97 === 0 ? 500 : 5)) as EpochMs,
      receivedTime: now,
    } as const;
    recorder.record({ ...trade, instrumentId: INSTRUMENT });
    if (index === 0) recorder.record({ ...trade, instrumentId: SIDE_LINE });
  }
  batch++;
  if (batch % BATCHES_A_GAP === 0)
    recorder.recordGap({
      ...{ instrumentId: INSTRUMENT, fromTime: now, toTime: now + 1, reason: 'invented' },
    });
  const { ranMs, waitedMs } = cpuShareOf(process.pid);
  say(`received ${id} ${now} ${ranMs} ${waitedMs}`);
  if (batch % BATCHES_A_FLUSH === 0) {
    unwrap(recorder.flush());
    say(`acknowledged ${id}`);
  }
}, BATCH_EVERY_MS);
