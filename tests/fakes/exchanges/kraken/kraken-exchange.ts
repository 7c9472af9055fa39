import { join } from 'node:path';
import type { FakeExchange, FakeExchangeOptions } from '../fake-exchange.ts';
import { FAULTS } from '../fake-exchange.ts';
import { stageExchange } from '../stage.ts';
import { TrueMarket } from '../true-market.ts';
import { type Instrument, krakenDialect } from './dialect.ts';
import { type KrakenFrame, krakenFrames, krakenPairs, symbolOf } from './recording.ts';
import { levelsOf, tell } from './translation.ts';

/** Kraken keeps a thousand levels a side; what falls out is not told. */
const KEPT_DEPTH = 1000;
const HEARTBEAT_MS = 1000;

/**
 * Kraken of 17 April 2021, half a minute of ten instruments, as today's v2 API tells it. The recording
 * is of v1; prices, sizes and times are the same, written with the digits that v2 writes. Invented are
 * the trade ids and that every book is there before the first frame.
 */
export async function startKraken(
  folder: string,
  options: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  const pairs = krakenPairs(join(folder, 'KRAKEN.0'));
  const recorded = krakenFrames([48, 49, 50].map((id) => join(folder, `KRAKEN.ws.${id}.0`)));
  const market = new TrueMarket(KEPT_DEPTH);
  const instruments = new Map<string, Instrument>();
  for (const pair of Object.values(pairs)) {
    const symbol = symbolOf(pair.wsname ?? '');
    if (recorded.some((frame) => frame.symbol === symbol))
      instruments.set(symbol, { pair, stats: undefined, trades: [] });
  }
  for (const frame of recorded)
    if (frame.kind === 'snapshot')
      market.book(frame.symbol).apply(levelsOf(frame.bids), levelsOf(frame.asks));
  return stageExchange<KrakenFrame>(
    {
      ccxtId: 'kraken',
      symbols: [...instruments.keys()],
      supportedFaults: FAULTS,
      market,
      frames: recorded.filter((frame) => frame.kind !== 'snapshot'),
      dialect: (stage) => krakenDialect(stage, instruments, pairs),
      onFrame: (frame, stage) => {
        const instrument = instruments.get(frame.symbol);
        if (instrument) tell(frame, instrument, stage);
      },
      config: ({ httpUrl, wsUrl }) => ({
        urls: { api: { public: httpUrl, ws: { publicV2: `${wsUrl}/v2` } } },
      }),
      pulse: {
        everyMs: HEARTBEAT_MS,
        run: (stage) => stage.toAll({ channel: 'heartbeat' }),
      },
    },
    options,
  );
}
