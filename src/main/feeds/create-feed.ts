import type { TimerClock } from '#domain/clock.ts';
import { CcxtFeed } from './ccxt/ccxt-feed.ts';
import type { CcxtWorker } from './ccxt/ccxt-worker.ts';
import type { ExchangeConfigs } from './ccxt/exchange-config.ts';
import { DemoFeed } from './demo/demo-feed.ts';
import { derivUrl } from './deriv/address.ts';
import { DerivFeed } from './deriv/deriv-feed.ts';
import type { Feed } from './feed.ts';
import type { FeedSpec } from './feed-spec.ts';
import { ReplayFeed } from './replay/replay-feed.ts';
import { type PlayedTape, TapeFeed } from './replay/tape-feed.ts';

export interface FeedSurroundings {
  readonly clock: TimerClock;
  /** Where the feeds of exchanges run. */
  readonly ccxtWorker: CcxtWorker;
  readonly exchangeConfigs?: ExchangeConfigs;
  readonly tape: PlayedTape;
}

/** The feed that a spec asks for. Opens nothing yet. */
export function createFeed(
  spec: FeedSpec,
  { clock, ccxtWorker, exchangeConfigs, tape }: FeedSurroundings,
): Feed {
  switch (spec.kind) {
    case 'ccxt':
      return new CcxtFeed(spec.exchange, spec.symbols, ccxtWorker);
    case 'demo':
      return new DemoFeed(spec.seed, clock);
    case 'deriv':
      return new DerivFeed({
        symbols: spec.symbols,
        url: derivUrl(exchangeConfigs?.['deriv']),
        clock,
      });
    case 'replay':
      return new ReplayFeed(spec.file, spec.speed, clock);
    case 'replayTape':
      return new TapeFeed(spec, { tape, clock });
  }
}
