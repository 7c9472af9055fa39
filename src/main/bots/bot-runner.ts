import { invariant } from '#domain/assert.ts';
import type { BotConfig, LogLevel } from '#domain/bot.ts';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { Clock } from '#domain/clock.ts';
import { type Decimal, toDecimalString } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import { eventTimeOf, type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Performance } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { BotStep } from './bot-step.ts';
import type { BotChanges, BotRuntime, Standing } from './bot-store.ts';
import { CandleFeed } from './candle-feed.ts';
import type { CandleHistory } from './candle-history.ts';
import { type CandleStage, playCandle } from './candle-path.ts';
import { EventQueue } from './event-queue.ts';
import { MarketTimer } from './market-timer.ts';
import { readRunnerState, writeRunnerState } from './runner-state.ts';
import { StepTrail } from './step-trail.ts';
import type {
  Strategy,
  StrategyContext,
  StrategyDefinition,
  StrategyMarket,
  StrategyOrder,
} from './strategy.ts';
import type { AccountChange, TradingAccount } from './trading-account.ts';

/** More answers than this to one market event is a strategy that answers itself without end. */
const MAX_STEPS_AN_EVENT = 1_000;
/** The same of a strategy that answers later, and may place one order at a time. */
const MAX_ANSWERS_AN_EVENT = 5_000;
/** More orders than this at one market event is a strategy that orders in a loop. */
const MAX_ORDERS_AN_EVENT = 1_000;

export interface BotRunnerOptions {
  readonly config: BotConfig;
  readonly instrument: Instrument;
  readonly definition: StrategyDefinition;
  /** What `runtime()` gave as the strategy's state before a restart; undefined at a fresh start. */
  readonly savedState: unknown;
  readonly account: TradingAccount;
  readonly market: StrategyMarket;
  readonly history: CandleHistory;
  readonly lastFillTime: EpochMs | null;
  /** What others decide of the bot, as of now. */
  readonly standing: () => Standing & { readonly performance: Performance };
  readonly clock: Clock;
  /** Milliseconds of a clock that only goes forward: for durations, which nothing depends on. */
  readonly ticks: () => number;
  /** Makes a step durable and tells of it. Throws where it could not be written. */
  readonly commit: (changes: BotChanges) => void;
  /** Runs what goes on later, when history has come: a fault in it is the bot's, as in `onEvent`. */
  readonly later: (work: () => void) => void;
}

/**
 * Runs one strategy on one account. Each market event is one step: the account executes, the strategy
 * answers, and what came of it is committed as a whole before the next event is looked at.
 */
export class BotRunner implements StrategyContext {
  #instrument: Instrument;
  readonly market: StrategyMarket;
  readonly #options: BotRunnerOptions;
  readonly #account: TradingAccount;
  readonly #strategy: Strategy;
  readonly #candles: CandleFeed | null;
  readonly #timer: MarketTimer | null;
  readonly #step = new BotStep();
  /** Where candles are played, of which a backtest has millions. */
  readonly #candleStage: CandleStage;
  #showTrade: (trade: Trade) => void = () => undefined;
  readonly #trail: StepTrail;
  #config: BotConfig;
  #hasStarted: boolean;
  /** While the past is fetched, or an answer of the strategy is on its way; events queue up. */
  #isWaiting = false;
  readonly #queue = new EventQueue();
  /** Resolves when nothing is waited for any more. */
  #settling: PromiseWithResolvers<void> | null = null;
  #isOver = false;
  /** The market's; null until an event has told it, and again after the feed was cut. */
  #time: EpochMs | null = null;
  #lastFillTime: EpochMs | null;
  #ordersOfEvent = 0;
  #answersOfEvent = 0;

  constructor(options: BotRunnerOptions) {
    const { config, definition } = options;
    this.#options = options;
    this.#config = config;
    this.#account = options.account;
    this.#trail = new StepTrail(options.clock, options.ticks);
    this.#instrument = options.instrument;
    this.market = options.market;
    this.#lastFillTime = options.lastFillTime;
    this.#candleStage = {
      instrumentId: options.instrument.id,
      openOrders: () => this.#account.openOrders,
      play: (trade) => this.#playTradeOfCandle(trade),
    };
    const parameters = definition.parameters.parse(config.params);
    const saved = readRunnerState(options.savedState);
    this.#hasStarted = saved.hasStarted;
    this.#strategy = definition.create(parameters, saved.strategy);
    const interval = definition.candles(parameters);
    this.#candles =
      interval === null
        ? null
        : this.#createFeed(
            interval,
            definition.warmUpCandles(parameters),
            this.#strategy.wantsHistory ? null : saved.candle,
          );
    const timerMs = definition.timerMs(parameters);
    this.#timer = timerMs === null ? null : new MarketTimer(timerMs, saved.timerDue);
  }

  get instrument(): Instrument {
    return this.#instrument;
  }

  get time(): EpochMs {
    return this.#time ?? this.#options.clock.now();
  }

  get position(): Position {
    return this.#account.position;
  }

  get cash(): Decimal {
    return this.#account.cash;
  }

  get openOrders(): readonly Order[] {
    return this.#account.openOrders;
  }

  get orderSequence(): number {
    return this.#account.orderSequence;
  }

  place(request: StrategyOrder): Order {
    this.#ordersOfEvent += 1;
    this.#checkOrders();
    const order = this.#account.place(request, this.time);
    this.#trail.placed(order);
    return order;
  }

  cancel(orderId: string, reason: string): Order | undefined {
    return this.#account.cancel(orderId, this.time, reason);
  }

  log(level: LogLevel, message: string): void {
    this.#step.log(this.#config.id, level, message, this.time);
  }

  /** Resolves when everything that has happened is dealt with; null where it is. */
  get settled(): Promise<void> | null {
    return this.#settling?.promise ?? null;
  }

  onEvent(event: MarketEvent): void {
    if (this.#isWaiting) this.#queue.add(event);
    else this.#take(event);
  }

  /**
   * A closed candle, where nothing finer is known (see `pathOf`). `showTrade` lets the account's
   * market see each price of the way before the account does.
   */
  onCandle(candle: Candle, interval: CandleInterval, showTrade: (trade: Trade) => void): void {
    const endTime = (candle.openTime + INTERVAL_MS[interval]) as EpochMs;
    this.#time = candle.openTime;
    this.#trail.hear(null);
    this.#ordersOfEvent = 0;
    const later = this.#candles?.prepare(candle.openTime, null);
    invariant(!later, 'the past of a run on candles is known at once');
    this.#start();
    this.#showTrade = showTrade;
    playCandle(candle, endTime, this.#candleStage);
    this.#time = endTime;
    // Who wants no candles is told of the close, the one price of it whose time is known.
    const { lastTrade } = this.market;
    if (lastTrade && !this.#candles) this.#strategy.onTrade?.(lastTrade, this);
    if (this.#timer?.passes(endTime)) this.#strategy.onTimer?.(this);
    this.#candles?.onCandle(candle, endTime);
    this.#endStep();
  }

  /** A step that is not the market's doing: what the user orders or cancels by hand. */
  act<T>(work: (context: StrategyContext) => T): T {
    this.#ordersOfEvent = 0;
    this.#trail.hear(null);
    const result = work(this);
    this.#endStep();
    return result;
  }

  /** Lets a strategy that needs no past begin before the next event. */
  begin(): void {
    this.#trail.hear(null);
    this.#start();
    this.#endStep();
  }

  applyConfig(config: BotConfig): void {
    this.#config = config;
    this.#account.setTerms(config);
  }

  /** For an exchange that has changed its increments or least value: of what comes from now on. */
  applyInstrument(instrument: Instrument): void {
    this.#instrument = instrument;
    this.#account.setInstrument(instrument);
  }

  /** How the bot stands has changed while it runs. */
  restate(level: LogLevel, sentence: string): void {
    this.log(level, sentence);
    this.#commit();
  }

  /** Ends the run, to go on some day as after a restart. */
  suspend(sentence: string, orders: 'keep' | 'cancel'): void {
    if (orders === 'cancel') this.#cancelAll(sentence);
    this.log('info', sentence);
    try {
      this.#commit();
    } finally {
      this.#end();
    }
  }

  /** Leaves no trace: whatever it does was written already. */
  abandon(): void {
    this.#end();
  }

  /** Ends the run: open orders are cancelled, the position stays. */
  stop(sentence: string): void {
    this.#end();
    this.#cancelAll(sentence);
    this.log('info', sentence);
    this.#commit({ strategyState: undefined });
  }

  /** Ends the run because of a fault: as `stop`, and the user is told. */
  fail(error: string): void {
    this.#end();
    this.#cancelAll(error);
    this.log('error', error);
    this.#step.notify({
      id: `bot-error-${this.#config.id}-${this.#account.orderSequence}`,
      kind: 'bot',
      severity: 'critical',
      title: `${this.#config.name} stopped with an error`,
      body: error,
      source: { botId: this.#config.id },
      read: false,
      createdTime: this.#options.clock.now(),
    });
    this.#commit({ strategyState: undefined });
  }

  runtime(): BotRuntime {
    const account = this.#account;
    return {
      botId: this.#config.id,
      ...this.#options.standing(),
      cash: toDecimalString(account.cash),
      strategyState: writeRunnerState({
        hasStarted: this.#hasStarted,
        candle: this.#candles?.inProgress ?? null,
        timerDue: this.#timer?.due ?? null,
        strategy: this.#strategy.state(),
      }),
      accountState: account.state(),
      orderSequence: account.orderSequence,
      fillCount: account.fillSequence,
      lastFillTime: this.#lastFillTime,
    };
  }

  /** Writes down what only the strategy knows, at a clean shutdown: the last that is done with it. */
  checkpoint(): void {
    this.#commit();
    this.#end();
  }

  #createFeed(interval: CandleInterval, warmUpCandles: number, restored: Candle | null) {
    return new CandleFeed({
      ...{ interval, warmUpCandles, restored },
      history: this.#options.history,
      strategy: this.#strategy,
      onClosed: (candle) => {
        this.#trail.because({ of: 'candle', candle });
        this.#strategy.onCandle?.(candle, this);
        this.#trail.because({ of: 'event' });
      },
      onWarmedUp: (sentence) => this.log('info', sentence),
    });
  }

  #playTradeOfCandle(trade: Trade): void {
    this.#showTrade(trade);
    this.#time = trade.eventTime;
    this.#account.onEvent({ kind: 'trade', trade }, trade.eventTime);
    this.#answerChanges();
  }

  #take(event: MarketEvent): void {
    // After a cut the feed may go on at another time: a recording that is played again does.
    if (event.kind === 'bookLost') this.#time = null;
    this.#time = eventTimeOf(event) ?? this.#time ?? receivedTimeOf(event);
    this.#ordersOfEvent = 0;
    this.#answersOfEvent = 0;
    this.#trail.hear(event);
    const { time } = this;
    const later = this.#candles?.prepare(time, event);
    if (later) {
      this.#waitFor(later.then(() => () => this.#take(event)));
      return;
    }
    this.#account.onEvent(event, time);
    this.#answerChanges();
    this.#start();
    if (this.#timer?.passes(time)) {
      this.#trail.because({ of: 'timer' });
      this.#strategy.onTimer?.(this);
    }
    this.#trail.because({ of: 'event' });
    this.#tell(event);
    this.#endStep();
  }

  #tell(event: MarketEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#candles?.onTrade(event.trade, event);
        this.#strategy.onTrade?.(event.trade, this);
        return;
      case 'quote':
      case 'bookSnapshot':
      case 'bookDelta':
      case 'bookLost':
        this.#strategy.onBook?.(this);
        return;
      case 'gap':
        this.#candles?.onGap(event.toTime - event.fromTime);
        return;
      case 'backfill':
      case 'liquidation':
        return;
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#queue.clear();
    this.#settle();
    this.#strategy.dispose?.();
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#trail.because({ of: 'start' });
    this.#strategy.onStart?.(this);
  }

  /** What happens meanwhile is looked at afterwards, in its order. */
  #waitFor(work: Promise<() => void>): void {
    this.#isWaiting = true;
    this.#settling ??= Promise.withResolvers();
    const goOn = (next: () => void) => {
      if (!this.#isOver) this.#options.later(() => this.#goOn(next));
    };
    void work.then(goOn, (reason: unknown) =>
      goOn(() => {
        throw reason;
      }),
    );
  }

  #goOn(next: () => void): void {
    this.#isWaiting = false;
    next();
    while (!this.#isWaiting && !this.#isOver) {
      const event = this.#queue.take();
      if (!event) break;
      this.#take(event);
    }
    if (!this.#isWaiting) this.#settle();
  }

  #settle(): void {
    this.#settling?.resolve();
    this.#settling = null;
  }

  #checkOrders(): void {
    if (this.#ordersOfEvent > MAX_ORDERS_AN_EVENT) {
      throw new Error(`The strategy orders in a loop: ${MAX_ORDERS_AN_EVENT} orders at one event`);
    }
  }

  #cancelAll(reason: string): void {
    this.#account.cancelAll(this.time, reason);
    for (const change of this.#account.takeChanges()) this.#note(change);
  }

  /** Tells the strategy what became of its orders until it has no further answer. */
  #answerChanges(): void {
    let steps = 0;
    for (;;) {
      const changes = this.#account.takeChanges();
      if (changes.length === 0) return;
      for (const change of changes) this.#note(change);
      for (const { order, fill } of changes) {
        steps += 1;
        invariant(steps <= MAX_STEPS_AN_EVENT, 'the strategy answers its own fills without end');
        if (fill) {
          this.#trail.because({ of: 'fill', fill });
          this.#strategy.onFill?.(fill, order, this);
        }
        this.#strategy.onOrder?.(order, this);
      }
    }
  }

  #note(change: AccountChange): void {
    this.#trail.note(change.order, change.fill);
    if (change.fill) this.#lastFillTime = change.fill.eventTime;
    this.#step.order(change, this.#config, this.instrument, this.#options.clock.now());
  }

  #endStep(): void {
    this.#answerChanges();
    // A strategy may have caught what `place` threw.
    this.#checkOrders();
    if (!this.#isWaiting && this.#awaitAnswer()) return;
    if (!this.#step.isEmpty) this.#commit();
  }

  /** The step goes on with the answer of a strategy that thinks elsewhere. */
  #awaitAnswer(): boolean {
    const thinking = this.#strategy.answer?.(this) ?? null;
    if (!thinking) return false;
    this.#answersOfEvent += 1;
    invariant(
      this.#answersOfEvent <= MAX_ANSWERS_AN_EVENT,
      'the strategy answers its own orders without end',
    );
    this.#waitFor(
      thinking.then((act) => () => {
        act(this);
        this.#endStep();
      }),
    );
    return true;
  }

  #commit(ending: Partial<BotRuntime> = {}): void {
    const runtime = { ...this.runtime(), ...ending };
    const trail = this.#trail.take();
    this.#step.commit({ runtime, position: this.position, trail }, this.#options.commit);
  }
}
