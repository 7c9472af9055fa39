import { parseArgs } from 'node:util';
import { measureBacktests } from './backtest-rounds.ts';
import { proveDurable } from './live/durable-proof.ts';
import { measureLive } from './live/live-rounds.ts';

const PARTS = {
  backtest: ({ trades, candles, rounds }: Options) => measureBacktests({ trades, candles, rounds }),
  live: ({ seconds }: Options) => measureLive({ seconds }),
  durable: () => proveDurable(PROOF_SECONDS),
};
type Part = keyof typeof PARTS;
const PROOF_SECONDS = 30;

interface Options {
  readonly trades: number;
  readonly candles: number;
  readonly rounds: number;
  readonly seconds: number;
}

/**
 * `npm run bench -- bots [PART…] [--trades N] [--candles N] [--rounds N] [--seconds N]`. Parts are
 * `backtest` (which needs ../shared/data), `live` and `durable`; all of them where none is named.
 */
export async function benchBots(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trades: { type: 'string', default: '10000000' },
      candles: { type: 'string', default: '5000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const options: Options = {
    trades: Number(values.trades),
    candles: Number(values.candles),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
  };
  const parts = (positionals.length > 0 ? positionals : Object.keys(PARTS)).filter(isPart);
  const results: Partial<Record<Part, object>> = {};
  for (const part of parts) results[part] = await PARTS[part](options);
  return { at: new Date().toISOString(), node: process.version, results };
}

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);
