import type { Clock } from '#domain/clock.ts';
import { CLOCK_SKEW_MS, type FakeExchange, type Fault, type Timeline } from '../fake-exchange.ts';
import { type FakeClient, FakeServer } from '../fake-server.ts';
import { FaultBox, type Frame } from '../fault-box.ts';
import { Player } from '../player.ts';
import { TrueMarket } from '../true-market.ts';
import { type DerivWorld, derivDialect, framed, pathOf } from './deriv-dialect.ts';
import {
  FIRST_EPOCH,
  generatedTicks,
  type PlayedTick,
  TICK_COUNT,
  TICK_SECONDS,
  volatilityTicks,
} from './ticks.ts';
import {
  type DerivRequest,
  type DerivWireDialect,
  errorBody,
  type Listed,
  tickBody,
} from './wire.ts';

export interface FakeDerivOptions {
  readonly dialect: DerivWireDialect;
  readonly timeline?: Timeline;
  /** Where the exchange's clock comes from; it stands at the last tick without it. */
  readonly clock?: Clock;
}

export interface FakeDeriv extends FakeExchange {
  readonly url: string;
  /** Every request that came, oldest first. */
  readonly requests: readonly DerivRequest[];
  /** The market sleeps: its ticks do not happen. `opensAt`: epoch seconds, where that is known. */
  closeMarket(symbol: string, options?: { opensAt?: number; tellsSubscribers?: boolean }): void;
  openMarket(symbol: string): void;
  /** Tells whoever has subscribed that there will be nothing more. */
  endSubscriptions(symbol: string, code: string, message: string): void;
  /** From here on, or no longer, every call is beyond the limit. */
  limitCalls(isLimited: boolean): void;
  /** From here on history lags so far behind. */
  lagHistory(seconds: number): void;
}

const VOLATILITY = 'R_10';
const FOREX = 'frxEURUSD';
/** The past before the first tick that is played. */
const PAST_TICKS = 26 * 1_800;
const SUPPORTED: readonly Fault[] = [
  ...(['close', 'reset', 'silence', 'outOfOrder', 'duplicate', 'malformed'] as const),
  ...(['rateLimited', 'geoBlocked', 'slow', 'clockSkew'] as const),
];

/** Plays recorded ticks of a volatility index, and invented ones of a currency pair, in a dialect of Deriv's. */
export async function startFakeDeriv(options: FakeDerivOptions): Promise<FakeDeriv> {
  const faults = new FaultBox();
  const deriv = new DerivExchange(options, faults);
  const server = await FakeServer.start(derivDialect(deriv), faults);
  const player = new Player(
    deriv.frames,
    ({ ticks }) => deriv.play(ticks, (frame) => server.publish(frame)),
    () => server.bufferedBytes,
  );
  const url = `${server.wsUrl}${pathOf(options.dialect)}`;
  return {
    ccxtId: 'deriv',
    symbols: [VOLATILITY, FOREX],
    supportedFaults: new Set(SUPPORTED),
    config: { urls: { ws: url } },
    frameCount: deriv.frames.length,
    truth: deriv.market,
    url,
    requests: deriv.requests,
    play: (pace) => player.play(pace),
    inject: (fault) => server.inject(fault),
    heal: () => faults.heal(),
    struck: (fault, kind) => faults.struck(fault, kind),
    closeMarket: (symbol, how) => deriv.closeMarket(symbol, how),
    openMarket: (symbol) => deriv.openMarket(symbol),
    endSubscriptions: (...all) => deriv.endSubscriptions(...all),
    limitCalls: (isLimited) => {
      deriv.isLimited = isLimited;
    },
    lagHistory: (seconds) => {
      deriv.historyLagSeconds = seconds;
    },
    get connections() {
      return server.connections;
    },
    subscribed: (count) => server.subscribed(count),
    close: () => {
      player.close();
      return server.close();
    },
  };
}

class DerivExchange implements DerivWorld {
  readonly dialect: DerivWireDialect;
  readonly market = new TrueMarket();
  readonly requests: DerivRequest[] = [];
  readonly listed: ReadonlyMap<string, Listed>;
  readonly frames: readonly { readonly time: number; readonly ticks: readonly PlayedTick[] }[];
  isLimited = false;
  historyLagSeconds = 0;
  readonly #faults: FaultBox;
  readonly #clock: Clock | undefined;
  readonly #shiftSeconds: number;
  readonly #clients = new Set<FakeClient>();
  readonly #ticks = new Map<string, PlayedTick[]>();

  constructor({ dialect, timeline = 'recorded', clock }: FakeDerivOptions, faults: FaultBox) {
    this.dialect = dialect;
    this.#faults = faults;
    this.#clock = clock;
    const volatility = volatilityTicks();
    const forex = generatedTicks(FOREX, FIRST_EPOCH, TICK_COUNT, 1.13712, 5);
    this.#shiftSeconds = timeline === 'present' ? Math.floor(Date.now() / 1_000) - FIRST_EPOCH : 0;
    this.listed = new Map(
      [
        { symbol: VOLATILITY, name: 'Volatility 10 Index', decimals: 3 },
        { symbol: FOREX, name: 'EUR/USD', decimals: 5 },
      ].map((each) => [each.symbol, { ...each, isOpen: true, opensAt: null }]),
    );
    for (const [{ symbol = '', price = 1 } = {}, decimals] of [
      [volatility[0], 3],
      [forex[0], 5],
    ] as const) {
      const firstEpoch = FIRST_EPOCH - PAST_TICKS * TICK_SECONDS;
      const past = generatedTicks(symbol, firstEpoch, PAST_TICKS, price, decimals);
      this.#ticks.set(
        symbol,
        past.map((tick) => this.#sent(tick)),
      );
    }
    this.frames = volatility.map((tick, index) => {
      const beside = forex[index];
      return { time: tick.epoch * 1_000, ticks: beside ? [tick, beside] : [tick] };
    });
  }

  now(): number {
    const last = this.ticksOf(VOLATILITY).at(-1)?.epoch ?? 0;
    const skewMs = this.#faults.isOn('clockSkew') ? CLOCK_SKEW_MS : 0;
    return (this.#clock?.now() ?? last * 1_000) + skewMs;
  }

  ticksOf(symbol: string): readonly PlayedTick[] {
    return this.#ticks.get(symbol) ?? [];
  }

  onRequest(request: DerivRequest, client: FakeClient): void {
    this.requests.push(request);
    this.#clients.add(client);
  }

  play(ticks: readonly PlayedTick[], publish: (frame: Frame) => void): void {
    for (const recorded of ticks) {
      const listed = this.listed.get(recorded.symbol);
      if (!listed?.isOpen) continue;
      const tick = this.#sent(recorded);
      this.#ticks.get(tick.symbol)?.push(tick);
      this.#addTruth(tick);
      const text = JSON.stringify(tickBody(tick, listed, this.dialect));
      publish({ stream: tick.symbol, kind: 'trade', text });
    }
  }

  closeMarket(
    symbol: string,
    { opensAt, tellsSubscribers = false }: { opensAt?: number; tellsSubscribers?: boolean } = {},
  ): void {
    const listed = this.listed.get(symbol);
    if (!listed) return;
    listed.isOpen = false;
    listed.opensAt = opensAt ?? null;
    if (!tellsSubscribers) return;
    this.endSubscriptions(symbol, 'MarketIsClosed', 'This market is presently closed.');
  }

  endSubscriptions(symbol: string, code: string, message: string): void {
    const body = errorBody('tick', code, message);
    for (const [client, request] of this.#subscribers(symbol)) {
      client.streams.delete(symbol);
      client.send(framed(body, request, this.dialect));
    }
  }

  openMarket(symbol: string): void {
    const listed = this.listed.get(symbol);
    if (listed) listed.isOpen = true;
  }

  #subscribers(symbol: string): [FakeClient, DerivRequest][] {
    return [...this.#clients]
      .filter((client) => client.streams.has(symbol))
      .map((client) => [client, client.memory.get(symbol) as DerivRequest]);
  }

  #sent({ symbol, epoch, price }: PlayedTick): PlayedTick {
    const skewSeconds = this.#faults.isOn('clockSkew') ? CLOCK_SKEW_MS / 1_000 : 0;
    return { symbol, epoch: epoch + this.#shiftSeconds + skewSeconds, price };
  }

  #addTruth({ symbol, epoch, price }: PlayedTick): void {
    const before = this.market.trades(symbol).at(-1);
    const isDown = before !== undefined && price < before.price;
    const isUnchanged = before !== undefined && price === before.price;
    this.market.addTrade(symbol, {
      id: String(epoch),
      price,
      size: 0,
      aggressorSide: isUnchanged ? before.aggressorSide : isDown ? 'sell' : 'buy',
      time: epoch * 1_000,
    });
  }
}
