import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import { CANDLE_INTERVALS, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import type { TapeJobs } from '../tape/tape-jobs.ts';

interface TapeRequestRooms {
  readonly tape: Pick<TapeDatabase, 'instruments' | 'importedCandles' | 'sizeBytes' | 'backup'>;
  readonly recorder: { flush(): Result<void> };
  readonly tapeJobs: TapeJobs;
}

/** The requests about the tape as a whole. */
export const tapeHandlers = ({ tape, tapeJobs, recorder }: TapeRequestRooms) => ({
  'tape.info': () => tapeInfo(tape),
  'tape.backup': ({ file }: RequestParams<'tape.backup'>) => {
    // A failure is the recorder's to report; what is on disk can still be copied.
    recorder.flush();
    return backUpTape(tape, file);
  },
  'tape.import': (params: RequestParams<'tape.import'>) =>
    onAbsolute(params.file, () => tapeJobs.start({ kind: 'import', params })),
  'tape.export': (params: RequestParams<'tape.export'>) =>
    onAbsolute(params.file, () => tapeJobs.start({ kind: 'export', params })),
  'tape.jobs': () => succeed({ jobs: [...tapeJobs.list()] }),
  'tape.cancelJob': ({ jobId }: RequestParams<'tape.cancelJob'>) => tapeJobs.cancel(jobId),
  'tape.resumeJob': ({ jobId }: RequestParams<'tape.resumeJob'>) => tapeJobs.resume(jobId),
});

/** A path says nothing without the folder that the caller stood in. */
const onAbsolute = (file: string, start: () => Result<TapeJob>): Result<TapeJob> =>
  isAbsolute(file) ? start() : fail('invalid_payload', 'file: must be an absolute path');

export async function backUpTape(
  tape: Pick<TapeDatabase, 'backup'>,
  file: string,
): Promise<Result<RequestResult<'tape.backup'>>> {
  if (!isAbsolute(file)) return fail('invalid_payload', 'file: must be an absolute path');
  const copied = await tape.backup(file);
  return copied.ok ? succeed({ file, bytes: statSync(file).size }) : copied;
}

export function tapeInfo(
  tape: Pick<TapeDatabase, 'instruments' | 'importedCandles' | 'sizeBytes'>,
): Result<RequestResult<'tape.info'>> {
  const instruments = tape.instruments();
  if (!instruments.ok) return instruments;
  const candles = tape.importedCandles();
  if (!candles.ok) return candles;
  const bytes = tape.sizeBytes();
  if (!bytes.ok) return bytes;
  return succeed({
    instruments: instruments.value.map(({ instrumentId, tradeCount, firstTime, lastTime }) => ({
      ...{ instrumentId, trades: tradeCount },
      ...{ firstTime: firstTime as EpochMs, lastTime: lastTime as EpochMs },
    })),
    candles: candles.value.flatMap(({ instrumentId, intervalMs, count, ...times }) => {
      const interval = CANDLE_INTERVALS.find((one) => INTERVAL_MS[one] === intervalMs);
      const [firstTime, lastTime] = [times.firstTime as EpochMs, times.lastTime as EpochMs];
      return interval ? [{ instrumentId, interval, count, firstTime, lastTime }] : [];
    }),
    bytes: bytes.value,
  });
}
