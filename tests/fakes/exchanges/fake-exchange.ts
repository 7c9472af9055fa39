import type { ExchangeConfig } from '#main/feeds/ccxt/exchange-config.ts';

/**
 * What can go wrong on command.
 *
 * Lasting until `heal()`: `silence`, `rateLimited`, `geoBlocked`, `slow`, `clockSkew`. Once: the rest.
 *
 * - `close`: every socket is closed properly (1001); the next dial is answered.
 * - `reset`: every socket is cut by a TCP reset.
 * - `silence`: half-open. Sockets stay, nothing is sent, pings are not answered; so with sockets
 *   opened meanwhile. `heal()` does not wake them: a half-open socket is dead for ever, only a new one
 *   works. REST goes on.
 * - `outOfOrder`: the next trade frame of an instrument comes after the one that follows it; so with
 *   the next book update.
 * - `duplicate`: the next trade frame and the next book update come twice.
 * - `bookGap`: the next book update never comes.
 * - `badChecksum`: the next book update carries a wrong checksum.
 * - `malformed`: half of the next trade frame or book update comes before it.
 * - `rateLimited`, `geoBlocked`: every socket is closed; REST and dialling are answered with 429 or 451.
 * - `slow`: frames and answers come `SLOW_BY_MS` late, in order.
 * - `clockSkew`: the exchange's clock is `CLOCK_SKEW_MS` ahead, in frames and in answers.
 */
export type Fault =
  | 'close'
  | 'reset'
  | 'silence'
  | 'outOfOrder'
  | 'duplicate'
  | 'bookGap'
  | 'badChecksum'
  | 'malformed'
  | 'rateLimited'
  | 'geoBlocked'
  | 'slow'
  | 'clockSkew';

export const FAULTS: readonly Fault[] = [
  'close',
  'reset',
  'silence',
  'outOfOrder',
  'duplicate',
  'bookGap',
  'badChecksum',
  'malformed',
  'rateLimited',
  'geoBlocked',
  'slow',
  'clockSkew',
];

export const SLOW_BY_MS = 2_000;
export const CLOCK_SKEW_MS = 90_000;

/** `recorded`: as in the recording. `present`: the moment of sending, as a live exchange says it. */
export type Timeline = 'recorded' | 'present';

/** What every fake's `start` takes; each adds its own. */
export interface FakeExchangeOptions {
  /** `recorded` unless told. */
  readonly timeline?: Timeline;
}

export interface TruthTrade {
  readonly id: string;
  readonly price: number;
  readonly size: number;
  readonly aggressorSide: 'buy' | 'sell';
  /** Epoch ms on the exchange's clock, as sent. */
  readonly time: number;
}

/** A position that the exchange closes by force; the order's side and what it came to. */
export interface TruthLiquidation {
  readonly side: 'buy' | 'sell';
  readonly price: number;
  /** As the exchange counts it: in the base currency, or in contracts. */
  readonly size: number;
  readonly time: number;
}

/** Best bid and ask, `[price, size]`; undefined where the side is empty. */
export interface BookTop {
  readonly bid: readonly [price: number, size: number] | undefined;
  readonly ask: readonly [price: number, size: number] | undefined;
}

export interface Truth {
  /** All that happened so far, oldest first: sent, or missed by those who were not there. */
  trades(symbol: string): readonly TruthTrade[];
  /** Whether the real book ever had this top, after any of its updates. */
  wasBook(symbol: string, top: BookTop): boolean;
  currentTop(symbol: string): BookTop | undefined;
}

export interface PlayOptions {
  /** Times the recording's pace (below 1 is slower); `max`: as fast as sockets take it. */
  readonly speed: number | 'max';
  /** Stops before this frame (its index in the recording); all unless told. */
  readonly untilFrame?: number;
}

/** A local server that speaks an exchange's real REST and WebSocket formats and plays a recording. */
export interface FakeExchange {
  /** `binance`, `kraken`, … */
  readonly ccxtId: string;
  /** Unified symbols that it plays. */
  readonly symbols: readonly string[];
  /** `badChecksum` only where the exchange has one. */
  readonly supportedFaults: ReadonlySet<Fault>;
  readonly config: ExchangeConfig;
  /** How many frames the recording has; `play` without `untilFrame` ends there. */
  readonly frameCount: number;
  /** Plays on to every subscriber from where it stands. Resolves when it is sent, or closed. */
  play(options: PlayOptions): Promise<void>;
  inject(fault: Fault): void;
  /** Ends the lasting faults. */
  heal(): void;
  /** Resolves when a fault that works once has hit a frame of this kind; where frames are faulted. */
  struck?(fault: Fault, kind: 'trade' | 'book'): Promise<void>;
  readonly truth: Truth;
  /** Tells forced orders of a market at once, in one go; where the exchange tells of any. */
  liquidate?(symbol: string, orders: readonly TruthLiquidation[]): void;
  /** Open WebSocket connections that are not half-open. */
  readonly connections: number;
  /** Resolves as soon as `count` subscriptions (any connection, any stream) are in force. */
  subscribed(count: number): Promise<void>;
  close(): Promise<void>;
}
