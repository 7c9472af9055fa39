import { parseArgs } from 'node:util';
import { measureBlocks } from './block-rounds.ts';
import type { RecordingName } from './looped-trades.ts';
import { measurePacedRecording } from './paced-recording.ts';

const RECORDINGS: readonly RecordingName[] = ['spot-btcusdt', 'usdm-btcusdt'];

/**
 * `npm run bench -- tape [--trades N] [--rounds N] [--seconds N]`: the tape against a row a trade in
 * SQLite, on recorded trades played over and over, and a minute of recording. Needs ../shared/data.
 */
export async function benchTape(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      trades: { type: 'string', default: '10000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const options = { trades: Number(values.trades), rounds: Number(values.rounds) };
  const results: Record<string, object> = {};
  const seconds = Number(values.seconds);
  if (seconds > 0) results['pacedRecording'] = await measurePacedRecording(seconds);
  if (options.trades > 0)
    for (const name of RECORDINGS) results[name] = measureBlocks(name, options);
  return { at: new Date().toISOString(), node: process.version, results };
}
