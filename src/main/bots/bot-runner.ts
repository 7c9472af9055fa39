import { invariant } from '#domain/assert.ts';
import type { BotConfig, LogLevel } from '#domain/bot.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import { toDecimalString } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import { type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { Performance } from '#domain/performance.ts';
import { candleTime, soundTime } from '#domain/sound-time.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BotRuntime, Standing } from './bot-store.ts';
import { CandleFeed, type CandleFeedMoment } from './candle-feed.ts';
import type { CandleHistory } from './candle-history.ts';
import { CandlePath } from './candle-path.ts';
import { EventTurns } from './event-turns.ts';
import { MarketTimer } from './market-timer.ts';
import { RunContext, type RunContextOptions } from './run-context.ts';
import { readRunnerState, writeRunnerState } from './runner-state.ts';
import type { Strategy, StrategyAnswer, StrategyDefinition } from './strategy.ts';

type TradeEvent = Extract<MarketEvent, { kind: 'trade' }>;
/** Shows the account's market what is about to be played. */
export type ShowTrade = (event: TradeEvent) => void;

/** More answers than this to one event: a strategy that thinks elsewhere, and answers itself without end. */
const MAX_ANSWERS_AN_EVENT = 5_000;

/** What a runner knows beside its runtime, to go on from where it stands without anything missed. */
export interface RunnerMoment {
  readonly time: EpochMs | null;
  readonly candles: CandleFeedMoment | null;
}

export interface BotRunnerOptions extends Omit<RunContextOptions, 'time'> {
  readonly definition: StrategyDefinition;
  /** Null where it begins, or goes on after a time that nobody saw. */
  readonly moment: RunnerMoment | null;
  /** What `runtime()` gave as the strategy's state before a restart; undefined at a fresh start. */
  readonly savedState: unknown;
  readonly history: CandleHistory;
  /** What others decide of the bot, as of now. */
  readonly standing: () => Standing & { readonly performance: Performance };
  /** Runs what goes on later, when history has come: a fault in it is the bot's, as in `onEvent`. */
  readonly later: (work: () => void) => void;
}

/**
 * Runs one strategy on one account. Each market event is one step: the account executes, the strategy
 * answers, and what came of it is committed as a whole before the next event is looked at.
 */
export class BotRunner {
  readonly #options: BotRunnerOptions;
  readonly #context: RunContext;
  readonly #strategy: Strategy;
  readonly #candles: CandleFeed | null;
  readonly #timer: MarketTimer | null;
  readonly #turns: EventTurns;
  /** Where candles are played, of which a backtest has millions. */
  readonly #candlePath: CandlePath;
  #showTrade: ShowTrade = () => undefined;
  #hasStarted: boolean;
  #answersOfEvent = 0;

  constructor(options: BotRunnerOptions) {
    const { config, definition, account, instrument } = options;
    this.#options = options;
    this.#context = new RunContext({ ...options, time: options.moment?.time ?? null });
    this.#turns = new EventTurns({ take: (event) => this.#take(event), later: options.later });
    this.#candlePath = new CandlePath(instrument.id, {
      openOrders: () => account.openOrders,
      play: (event) => this.#playTradeOfCandle(event),
    });
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

  /** Resolves when everything that has happened is dealt with; null where it is. */
  get settled(): Promise<void> | null {
    return this.#turns.settled;
  }

  /** Null where it cannot be told: a strategy that thinks elsewhere may know more than its state. */
  get moment(): RunnerMoment | null {
    if (this.#strategy.answer || this.#turns.isWaiting) return null;
    return { time: this.#context.seenTime, candles: this.#candles?.moment ?? null };
  }

  onEvent(event: MarketEvent): void {
    this.#turns.next(event);
  }

  /**
   * A closed candle that ends at `endTime`, where nothing finer is known (see `pathOf`). `showTrade` lets the account's
   * market see each price of the way before the account does.
   */
  onCandle(candle: Candle, endTime: EpochMs, showTrade: ShowTrade): void {
    const context = this.#context;
    context.setTime(candle.openTime);
    context.beginEvent(null);
    const later = this.#candles?.prepare(candle.openTime, null);
    invariant(!later, 'the past of a run on candles is known at once');
    this.#start();
    this.#showTrade = showTrade;
    this.#candlePath.play(candle, endTime);
    context.setTime(endTime);
    // Who wants no candles is told of the close, the one price of it whose time is known.
    const { lastTrade } = context.market;
    if (lastTrade && !this.#candles) this.#strategy.onTrade?.(lastTrade, context);
    if (this.#timer?.passes(endTime)) this.#strategy.onTimer?.(context);
    this.#candles?.onCandle(candle, endTime);
    this.#endStep();
  }

  /** A step that is not the market's doing: what the user orders or cancels by hand. */
  act<T>(work: (context: RunContext) => T): T {
    this.#context.beginEvent(null);
    const result = work(this.#context);
    this.#endStep();
    return result;
  }

  /** Lets a strategy that needs no past begin before the next event. */
  begin(): void {
    this.#context.beginEvent(null);
    this.#start();
    this.#endStep();
  }

  applyConfig(config: BotConfig): void {
    this.#context.applyConfig(config);
  }

  /** For an exchange that has changed its increments or least value: of what comes from now on. */
  applyInstrument(instrument: Instrument): void {
    this.#context.applyInstrument(instrument);
  }

  /** How the bot stands has changed while it runs. */
  restate(level: LogLevel, sentence: string): void {
    this.#context.log(level, sentence);
    this.#commit();
  }

  /** Ends the run, to go on some day as after a restart. */
  suspend(sentence: string, orders: 'keep' | 'cancel'): void {
    if (orders === 'cancel') this.#context.cancelAll(sentence);
    this.#context.log('info', sentence);
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
    this.#context.cancelAll(sentence);
    this.#context.log('info', sentence);
    this.#commit({ strategyState: undefined });
  }

  /** Ends the run because of a fault: as `stop`, and the user is told. */
  fail(error: string): void {
    const { config } = this.#context;
    this.#end();
    this.#context.cancelAll(error);
    this.#context.log('error', error);
    this.#context.notify({
      id: `bot-error-${config.id}-${this.#context.orderSequence}`,
      kind: 'bot',
      severity: 'critical',
      title: `${config.name} stopped with an error`,
      body: error,
      source: { botId: config.id },
      read: false,
      createdTime: this.#options.clock.now(),
    });
    this.#commit({ strategyState: undefined });
  }

  runtime(): BotRuntime {
    const { account } = this.#options;
    return {
      botId: this.#context.config.id,
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
      lastFillTime: this.#context.lastFillTime,
    };
  }

  /** Writes down what only the strategy knows, at a clean shutdown: the last that is done with it. */
  checkpoint(): void {
    this.#commit();
    this.#end();
  }

  #createFeed(interval: CandleInterval, warmUpCandles: number, restored: Candle | null) {
    const context = this.#context;
    return new CandleFeed({
      ...{ interval, warmUpCandles, restored },
      moment: this.#options.moment?.candles ?? null,
      history: this.#options.history,
      strategy: this.#strategy,
      onClosed: (candle) => {
        context.trail.becauseOfCandle(candle);
        this.#strategy.onCandle?.(candle, context);
        context.trail.becauseOfEvent();
      },
      onWarmedUp: (sentence) => context.log('info', sentence),
    });
  }

  #playTradeOfCandle(event: TradeEvent): void {
    const { eventTime } = event.trade;
    this.#showTrade(event);
    this.#context.setTime(eventTime);
    this.#options.account.onEvent(event, eventTime);
    this.#context.answerChanges(this.#strategy);
  }

  #take(event: MarketEvent): void {
    const context = this.#context;
    context.seeTimeOf(event);
    context.beginEvent(event);
    this.#answersOfEvent = 0;
    const { time } = context;
    const later = this.#candles?.prepare(this.#candleTimeOf(event), event);
    if (later) {
      this.#takeAfter(later, event);
      return;
    }
    this.#options.account.onEvent(event, time);
    context.answerChanges(this.#strategy);
    this.#start();
    if (this.#timer && this.#isTimerDue(this.#timer, event)) {
      context.trail.because({ of: 'timer' });
      this.#strategy.onTimer?.(context);
    }
    context.trail.becauseOfEvent();
    this.#tell(event);
    this.#endStep();
  }

  /** A timer goes by what comes from the exchange, and not before its time by our clock. */
  #isTimerDue(timer: MarketTimer, event: MarketEvent): boolean {
    const receivedTime = receivedTimeOf(event);
    return receivedTime !== null && timer.passes(soundTime(this.#context.time, receivedTime));
  }

  #candleTimeOf(event: MarketEvent): EpochMs {
    const { time } = this.#context;
    const receivedTime = receivedTimeOf(event);
    return receivedTime === null ? time : candleTime(time, receivedTime);
  }

  /** Apart from `#take`, which would make the closure's memory anew for each of all events. */
  #takeAfter(later: Promise<void>, event: MarketEvent): void {
    this.#turns.waitFor(later.then(() => () => this.#take(event)));
  }

  #tell(event: MarketEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#candles?.onTrade(event.trade, event);
        this.#strategy.onTrade?.(event.trade, this.#context);
        return;
      case 'quote':
      case 'bookSnapshot':
      case 'bookDelta':
      case 'bookLost':
        this.#strategy.onBook?.(this.#context);
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
    this.#turns.end();
    this.#strategy.dispose?.();
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#context.trail.because({ of: 'start' });
    this.#strategy.onStart?.(this.#context);
  }

  #endStep(): void {
    this.#context.endEvent(this.#strategy);
    if (!this.#turns.isWaiting && this.#awaitAnswer()) return;
    if (this.#context.hasStep) this.#commit();
  }

  /** The step goes on with the answer of a strategy that thinks elsewhere. */
  #awaitAnswer(): boolean {
    const thinking = this.#strategy.answer?.(this.#context) ?? null;
    if (!thinking) return false;
    this.#goOnWith(thinking);
    return true;
  }

  #goOnWith(thinking: Promise<StrategyAnswer>): void {
    this.#answersOfEvent += 1;
    invariant(
      this.#answersOfEvent <= MAX_ANSWERS_AN_EVENT,
      'the strategy answers its own orders without end',
    );
    this.#turns.waitFor(
      thinking.then((act) => () => {
        act(this.#context);
        this.#endStep();
      }),
    );
  }

  #commit(ending: Partial<BotRuntime> = {}): void {
    this.#context.commit({ ...this.runtime(), ...ending });
  }
}
