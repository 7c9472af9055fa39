import { FAULTS, type FakeExchange, type FakeExchangeOptions } from '../fake-exchange.ts';
import { stageExchange } from '../stage.ts';
import { bybitDialect } from './bybit-dialect.ts';
import { BybitMarket, UNIFIED_SYMBOL } from './bybit-market.ts';
import { readBinanceMarket } from './recording.ts';

/**
 * Bybit v5 spot. The market is Binance's, BTC/USDT of 2024-08-08 with its trades and its book; the
 * dialect is Bybit's, of which there is no recording: `orderbook.{depth}` with contiguous `u`,
 * `publicTrade`, `tickers`. Bybit has no checksum.
 */
export function startBybit(options?: FakeExchangeOptions): Promise<FakeExchange> {
  const { opening, frames } = readBinanceMarket();
  const market = new BybitMarket(opening);
  return stageExchange(
    {
      ccxtId: 'bybit',
      symbols: [UNIFIED_SYMBOL],
      supportedFaults: FAULTS.filter((fault) => fault !== 'badChecksum'),
      market: market.truth,
      frames,
      dialect: (stage) => bybitDialect(market, stage.now),
      onFrame: (frame, stage) => {
        for (const told of market.happen(frame, stage.time)) stage.publish(told);
      },
      config: ({ httpUrl, wsUrl }) => ({
        urls: {
          api: { public: httpUrl, ws: { public: { spot: `${wsUrl}/v5/public/spot` } } },
        },
      }),
    },
    options,
  );
}
