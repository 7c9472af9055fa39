import type { MarketInterface } from 'ccxt';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import {
  type Exchange,
  type Instrument,
  type InstrumentId,
  instrumentId,
  isInstrumentId,
} from '#domain/instrument.ts';
import { searchInstruments } from '#domain/instrument-search.ts';
import type { EpochMs } from '#domain/units.ts';
import { baseIncrementOf } from './base-size.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeConfig } from './exchange-config.ts';
import { traitsOf } from './exchange-traits.ts';
import { tellsLiquidations } from './forced-orders.ts';
import { incrementOf } from './increments.ts';
import { type MarketScale, scaleOf } from './market-scale.ts';
import { didYouMean } from './near-matches.ts';
import { closeExchange, openExchange, watchableExchanges } from './open-exchange.ts';
import { RefusedAnswers } from './refused-answers.ts';
import { termsOf } from './terms.ts';
import { TradeMemory } from './trade-memory.ts';
import { type Trouble, troubleOf } from './trouble.ts';

const DEFAULT_WAIT_MS = 10_000;

interface HouseOptions {
  readonly config: ExchangeConfig;
  readonly symbols: readonly string[];
  readonly clock: Clock;
}

/**
 * All that is shared by those who use one exchange for one kind of market: an instance for requests,
 * the markets (loaded once), when it may be asked again, and the ids of the last trades.
 */
export class ExchangeHouse {
  readonly exchange: Exchange;
  /** For requests; runs have instances of their own, for their sockets. */
  readonly requests: CcxtExchange;
  readonly refusedAnswers: RefusedAnswers = new RefusedAnswers();
  readonly #options: HouseOptions;
  readonly #memories = new Map<InstrumentId, TradeMemory>();
  /** Before this the exchange does not want to be asked. */
  #notBefore = 0 as EpochMs;
  #loading: Promise<Result<null>> | null = null;

  constructor(requests: CcxtExchange, exchange: Exchange, options: HouseOptions) {
    this.requests = requests;
    this.exchange = exchange;
    this.#options = options;
  }

  /** As the exchange calls itself. */
  get name(): string {
    return this.requests.name ?? this.exchange;
  }

  /** An instance for one run, with the markets known. */
  async openForRun(): Promise<Result<CcxtExchange>> {
    const loaded = await this.load();
    if (!loaded.ok) return loaded;
    const instance = openExchange(this.exchange, this.#options);
    if (!instance) return unknownExchange(this.exchange);
    instance.setMarketsFromExchange(this.requests);
    if (traitsOf(this.exchange).countsNoSubscriptions) instance.enableRateLimit = false;
    return succeed(instance);
  }

  /** The markets; asked for once, and again after a failure. */
  load(): Promise<Result<null>> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async instruments(symbols: readonly string[]): Promise<Result<readonly Instrument[]>> {
    const loaded = await this.load();
    if (!loaded.ok) return loaded;
    const instruments: Instrument[] = [];
    for (const symbol of symbols) {
      const market = this.requests.markets?.[symbol];
      const instrument = market && this.#instrumentOf(market);
      if (!instrument) {
        const known = Object.keys(this.requests.markets ?? {});
        return fail(
          'unknown_instrument',
          `${this.exchange} has no market ${symbol}.${didYouMean(symbol, known)}`,
        );
      }
      instruments.push(instrument);
    }
    return succeed(instruments);
  }

  /** Markets whose symbol contains `text`, those that begin with it first. */
  async search(text: string, limit: number): Promise<Result<readonly Instrument[]>> {
    const loaded = await this.load();
    if (!loaded.ok) return loaded;
    return succeed(this.searchKnown(text).slice(0, limit));
  }

  /** Of the markets that are known already: none before they are. */
  searchKnown(text: string): readonly Instrument[] {
    const instruments = Object.values(this.requests.markets ?? {})
      .filter((market) => market?.active !== false)
      .flatMap((market) => this.#instrumentOf(market) ?? []);
    const bySymbol = instruments.sort((a, b) => a.symbol.localeCompare(b.symbol));
    return searchInstruments(bySymbol, text);
  }

  /** Known once the markets are. */
  scaleOf(symbol: string): MarketScale {
    return scaleOf(this.requests.markets?.[symbol]);
  }

  memoryOf(id: InstrumentId): TradeMemory {
    const known = this.#memories.get(id);
    if (known) return known;
    const memory = new TradeMemory();
    this.#memories.set(id, memory);
    return memory;
  }

  /** When it may be asked again; null when now. */
  get notBefore(): EpochMs | null {
    return this.#notBefore > this.#options.clock.now() ? this.#notBefore : null;
  }

  /** Reads what an error means, and remembers what the exchange asked for with it. */
  understand(error: unknown, instance: CcxtExchange = this.requests): Trouble {
    const trouble = troubleOf(error, { id: this.exchange, name: this.name });
    if (trouble.kind === 'rateLimited') {
      const until = this.#options.clock.now() + retryAfterMs(instance);
      this.#notBefore = Math.max(this.#notBefore, until) as EpochMs;
    }
    return trouble;
  }

  dispose(): Promise<void> {
    return closeExchange(this.requests);
  }

  async #load(): Promise<Result<null>> {
    try {
      await this.requests.loadMarkets();
      return succeed(null);
    } catch (error) {
      this.#loading = null;
      return { ok: false, error: this.understand(error).failure };
    }
  }

  #instrumentOf(market: MarketInterface | undefined): Instrument | undefined {
    if (!market) return undefined;
    const id = instrumentId(this.exchange, market.symbol);
    if (!isInstrumentId(id)) return undefined;
    const mode = this.requests.precisionMode;
    return {
      id,
      exchange: this.exchange,
      symbol: market.symbol,
      base: market.base,
      quote: market.quote,
      priceIncrement: incrementOf(market.precision?.price, mode),
      sizeIncrement: baseIncrementOf(market, incrementOf(market.precision?.amount, mode)),
      ...termsOf(market),
      ...(tellsLiquidations(traitsOf(this.exchange).forcedOrders, market) && {
        tellsLiquidations: true,
      }),
    };
  }
}

/** What the exchange asked for in its answer, in seconds there. */
function retryAfterMs({ last_response_headers: headers }: CcxtExchange): number {
  const text = headers?.['Retry-After'] ?? headers?.['retry-after'];
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_WAIT_MS;
}

const unknownExchange = (exchange: Exchange) =>
  fail(
    'unknown_feed',
    `There is no exchange "${exchange}" that can be watched.${didYouMean(exchange, watchableExchanges())}`,
  );

/** The houses of a worker: one for each exchange and kind of market that was asked for. */
export class ExchangeHouses {
  readonly #configs: Readonly<Record<string, ExchangeConfig>>;
  readonly #clock: Clock;
  readonly #houses = new Map<string, ExchangeHouse>();

  constructor(configs: Readonly<Record<string, ExchangeConfig>>, clock: Clock) {
    this.#configs = configs;
    this.#clock = clock;
  }

  /** Among the markets of all houses that know theirs, each once. */
  searchKnown(text: string, limit: number): readonly Instrument[] {
    const found = [...this.#houses.values()].flatMap((house) => house.searchKnown(text));
    const each = new Map(found.map((instrument) => [instrument.id, instrument]));
    return searchInstruments([...each.values()], text).slice(0, limit);
  }

  /** `symbols`: what is wanted of it; none: all that it has. */
  of(exchange: Exchange, symbols: readonly string[]): Result<ExchangeHouse> {
    const key = JSON.stringify([exchange, traitsOf(exchange).optionsFor?.(symbols) ?? null]);
    const known = this.#houses.get(key);
    if (known) return succeed(known);
    const options = { config: this.#configs[exchange] ?? {}, symbols, clock: this.#clock };
    const requests = openExchange(exchange, options);
    if (!requests) return unknownExchange(exchange);
    const house = new ExchangeHouse(requests, exchange, options);
    this.#houses.set(key, house);
    return succeed(house);
  }
}
