import { parseArgs } from 'node:util';
import { measureBacktests } from './backtest-rounds.ts';

/** `npm run bench -- bots [--trades N] [--candles N] [--rounds N]`. Needs ../shared/data. */
export async function benchBots(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      trades: { type: 'string', default: '10000000' },
      candles: { type: 'string', default: '5000000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const [trades, candles, rounds] = [values.trades, values.candles, values.rounds].map(Number);
  const results: Record<string, object> = {};
  if (trades) {
    results['backtest'] = await measureBacktests({
      trades,
      candles: candles ?? 0,
      rounds: rounds ?? 1,
    });
  }
  return { at: new Date().toISOString(), node: process.version, results };
}
