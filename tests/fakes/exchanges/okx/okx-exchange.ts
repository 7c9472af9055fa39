import { FAULTS, type FakeExchange, type FakeExchangeOptions } from '../fake-exchange.ts';
import { stageExchange } from '../stage.ts';
import { OKX_INSTRUMENTS } from './instruments.ts';
import { liquidationFrame } from './liquidations.ts';
import { okxDialect } from './okx-dialect.ts';
import { OkxMarket } from './okx-market.ts';
import { readOkxRecording } from './recording.ts';

/**
 * OKX v5, playing eleven seconds of its own public feed: a spot pair, a future and a perpetual. It has
 * no `badChecksum`: OKX gave its checksum up for `seqId`/`prevSeqId` and sends 0 in its place.
 */
export function startOkx(options?: FakeExchangeOptions): Promise<FakeExchange> {
  const market = new OkxMarket();
  const recording = readOkxRecording();
  for (const frame of recording) {
    if (frame.channel === 'books' && frame.action === 'snapshot') market.open(frame);
  }
  return stageExchange(
    {
      ccxtId: 'okx',
      symbols: OKX_INSTRUMENTS.map(({ symbol }) => symbol),
      supportedFaults: FAULTS.filter((fault) => fault !== 'badChecksum'),
      market: market.truth,
      frames: recording.filter(({ action }) => action !== 'snapshot'),
      dialect: (stage) => okxDialect(market, stage.now),
      onFrame: (frame, stage) => {
        for (const told of market.happen(frame, stage.time)) stage.publish(told);
      },
      liquidate: (symbol, orders, stage) => {
        const known = OKX_INSTRUMENTS.find((each) => each.symbol === symbol);
        if (known) stage.publish(liquidationFrame(known.details, orders));
      },
      config: ({ httpUrl, wsUrl }) => ({
        urls: { api: { rest: httpUrl, ws: `${wsUrl}/ws/v5` } },
      }),
    },
    options,
  );
}
