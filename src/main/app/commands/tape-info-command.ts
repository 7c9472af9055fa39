import { type Result, succeed } from '#contract/errors.ts';
import type { RequestResult } from '#contract/requests.ts';
import { openDataDirectory } from '#main/storage/data-directory.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { tapeInfo } from '../requests/tape-requests.ts';
import { askHub, type HubPlace } from './hub-request.ts';
import { answer, tell } from './terminal.ts';

export interface TapeInfoCommand extends HubPlace {
  readonly json: boolean;
}

type TapeInfo = RequestResult<'tape.info'>;

/** Prints what is on the tape, and gives the exit code. */
export async function showTapeInfo(command: TapeInfoCommand): Promise<number> {
  const info = await findInfo(command);
  if (!info.ok) {
    tell(info.error.message);
    return 1;
  }
  if (command.json) {
    answer(JSON.stringify(info.value));
    return 0;
  }
  for (const { instrumentId, trades, firstTime, lastTime } of info.value.instruments) {
    const what = `${trades.toLocaleString('en')} trades`;
    answer(`${instrumentId}: ${what}, ${spanOf(firstTime, lastTime)}`);
  }
  for (const { instrumentId, interval, count, firstTime, lastTime } of info.value.candles) {
    const what = `${count.toLocaleString('en')} imported candles of ${interval}`;
    answer(`${instrumentId}: ${what}, ${spanOf(firstTime, lastTime)}`);
  }
  answer(`${info.value.bytes.toLocaleString('en')} bytes on disk`);
  return 0;
}

const spanOf = (from: number, to: number): string =>
  [from, to].map((time) => new Date(time).toISOString()).join(' to ');

/** Of the monitor that has the data directory, or of the tape itself where none has. */
async function findInfo(place: HubPlace): Promise<Result<TapeInfo>> {
  const directory = openDataDirectory(place.dataDir);
  if (!directory.ok) {
    const asked = await askHub(place, 'tape.info', {});
    return asked.ok || asked.error.code !== 'unavailable' ? asked : directory;
  }
  try {
    const tape = openTapeDatabase(directory.value.tapePath);
    if (!tape.ok) return tape;
    const info = tapeInfo(tape.value);
    tape.value.close();
    return info.ok ? succeed(info.value) : info;
  } finally {
    directory.value.close();
  }
}
