import type { ExchangeConfig } from '#main/feeds/ccxt/exchange-config.ts';
import type {
  FakeExchange,
  FakeExchangeOptions,
  Fault,
  PlayOptions,
  TruthLiquidation,
} from './fake-exchange.ts';
import { type Dialect, FakeServer } from './fake-server.ts';
import { FaultBox, type Frame } from './fault-box.ts';
import { Player, type TimedFrame } from './player.ts';
import { exchangeClock, type TrueMarket } from './true-market.ts';

/** What a dialect and the translation of a recording work with. */
export interface Stage {
  readonly market: TrueMarket;
  /** What the exchange's clock said at a moment of the recording, epoch ms. */
  time(recordedTime: number): number;
  /** What the exchange's clock says, epoch ms; stands still where the recording's time is kept. */
  now(): number;
  publish(frame: Frame): void;
  hasSubscriber(stream: string): boolean;
  /** To every client that has subscribed to anything. */
  toAll(message: unknown): void;
}

/** One exchange: its dialect, and what it makes of each frame of its recording. */
export interface Play<F extends TimedFrame> {
  readonly ccxtId: string;
  readonly symbols: readonly string[];
  readonly supportedFaults: readonly Fault[];
  /** What happened before the first frame is in the market already. */
  readonly market: TrueMarket;
  readonly frames: readonly F[];
  dialect(stage: Stage): Dialect;
  /** Changes the market, then publishes. */
  onFrame(frame: F, stage: Stage): void;
  config(server: Pick<FakeServer, 'httpUrl' | 'wsUrl'>): ExchangeConfig;
  /** Tells forced orders, as the exchange does. */
  liquidate?(symbol: string, orders: readonly TruthLiquidation[], stage: Stage): void;
  /** Something that the exchange does by itself while nothing happens. */
  readonly pulse?: { readonly everyMs: number; run(stage: Stage): void };
}

/** Puts a play on a server: what all fakes have in common. */
export async function stageExchange<F extends TimedFrame>(
  play: Play<F>,
  { timeline = 'recorded' }: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  const faults = new FaultBox();
  /** While a frame happens the present stands still, so that all that is said of it agrees. */
  let frameTime: number | undefined;
  const time = exchangeClock(timeline, faults, () => frameTime ?? Date.now());
  let lastTime = play.frames[0]?.time ?? 0;
  let server: FakeServer | undefined;
  const stage: Stage = {
    market: play.market,
    time,
    now: () => time(lastTime),
    publish: (frame) => server?.publish(frame),
    hasSubscriber: (stream) => server?.hasSubscriber(stream) ?? false,
    toAll: (message) => server?.toAll(message),
  };
  const running = await FakeServer.start(play.dialect(stage), faults);
  server = running;
  const player = new Player(
    play.frames,
    (frame) => {
      lastTime = frame.time;
      frameTime = Date.now();
      play.onFrame(frame, stage);
      frameTime = undefined;
    },
    () => running.bufferedBytes,
  );
  const pulse = play.pulse && setInterval(() => play.pulse?.run(stage), play.pulse.everyMs);
  return {
    ccxtId: play.ccxtId,
    symbols: play.symbols,
    supportedFaults: new Set(play.supportedFaults),
    config: play.config(running),
    frameCount: play.frames.length,
    truth: play.market,
    ...(play.liquidate && {
      liquidate: (symbol: string, orders: readonly TruthLiquidation[]) =>
        play.liquidate?.(symbol, orders, stage),
    }),
    play: (options: PlayOptions) => player.play(options),
    inject: (fault) => running.inject(fault),
    heal: () => faults.heal(),
    struck: (fault, kind) => faults.struck(fault, kind),
    get connections() {
      return running.connections;
    },
    subscribed: (count) => running.subscribed(count),
    close: () => {
      clearInterval(pulse);
      player.close();
      return running.close();
    },
  };
}
