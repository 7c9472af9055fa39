import { invariant } from '#domain/assert.ts';
import type { Candle } from '#domain/candle.ts';
import { toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Order } from '#domain/order.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import type { Strategy, StrategyAnswer, StrategyContext, StrategyMarket } from '../strategy.ts';
import { faultSentence } from './fault-place.ts';
import type { Manifest } from './manifest.ts';
import type { Action, BotSnapshot, FromThread, Told } from './messages.ts';
import type { KeptModule, SavedModule } from './saved-module.ts';
import type { StrategyThread } from './strategy-thread.ts';

const BOOK_DEPTH = 10;

export interface RemoteOptions {
  readonly manifest: Manifest;
  readonly fingerprint: string;
  /** Begins a thread for this bot, with what it goes on from. */
  readonly begin: (context: StrategyContext, saved: SavedModule | undefined) => StrategyThread;
  readonly saved: SavedModule | undefined;
}

/**
 * A user's strategy, which thinks in a thread of its own: gathers what the bot is told, asks the
 * thread, and does what it answers.
 */
export class RemoteStrategy implements Strategy {
  readonly wantsHistory: boolean;
  readonly #options: RemoteOptions;
  readonly #hears: ReadonlySet<string>;
  #saved: SavedModule | undefined;
  #thread: StrategyThread | null = null;
  #told: Told[] = [];
  /** Something of what was told wants an answer; the rest can wait for it. */
  #isUrgent = false;

  constructor(options: RemoteOptions) {
    this.#options = options;
    this.#saved = options.saved;
    this.#hears = new Set(options.manifest.hears);
    this.wantsHistory = options.saved?.indicators === null || options.saved === undefined;
  }

  onStart(): void {
    this.#tell({ of: 'start' }, 'onStart');
  }

  onHistory(candle: Candle): void {
    this.#told.push({ of: 'history', candle });
  }

  onForget(): void {
    this.#told.push({ of: 'forget' });
  }

  onCandle(candle: Candle): void {
    if (this.#hears.has('onCandle')) this.#tell({ of: 'candle', candle }, 'onCandle');
    else if (this.#options.manifest.hasIndicators) this.#told.push({ of: 'history', candle });
  }

  onTrade(trade: Trade): void {
    this.#tell({ of: 'trade', trade }, 'onTrade');
  }

  onBook(): void {
    this.#tell({ of: 'book' }, 'onBook');
  }

  onFill(fill: Fill, order: Order): void {
    this.#tell({ of: 'fill', fill, order }, 'onFill');
  }

  onOrder(order: Order): void {
    this.#tell({ of: 'order', order }, 'onOrder');
  }

  onTimer(): void {
    this.#tell({ of: 'timer' }, 'onTimer');
  }

  answer(context: StrategyContext): Promise<StrategyAnswer> | null {
    if (!this.#isUrgent) return null;
    this.#thread ??= this.#options.begin(context, this.#saved);
    const told = this.#told;
    this.#told = [];
    this.#isUrgent = false;
    return this.#thread
      .ask({ told, bot: this.#snapshot(context) })
      .then((answer) => (now) => this.#act(answer, now));
  }

  dispose(): void {
    this.#thread?.dispose();
  }

  state(): KeptModule | undefined {
    const { manifest, fingerprint } = this.#options;
    if (!this.#saved) return undefined;
    return { stateVersion: manifest.stateVersion, fingerprint, module: this.#saved };
  }

  #tell(told: Told, callback: string): void {
    if (!this.#hears.has(callback)) return;
    this.#told.push(told);
    this.#isUrgent = true;
  }

  #act(
    { actions, state }: Extract<FromThread, { kind: 'answer' }>,
    context: StrategyContext,
  ): void {
    this.#saved = state;
    for (const action of actions) act(action, context);
  }

  #snapshot(context: StrategyContext): BotSnapshot {
    const { time, position, cash, openOrders, orderSequence, market } = context;
    const depth = this.#hears.has('onBook') ? BOOK_DEPTH : 1;
    return {
      ...{ time, position, openOrders, orderSequence },
      cash: toDecimalString(cash),
      lastPrice: market.lastTrade?.price ?? null,
      bids: levelsOf(market, 'buy', depth),
      asks: levelsOf(market, 'sell', depth),
    };
  }
}

function act(action: Action, context: StrategyContext): void {
  switch (action.do) {
    case 'log':
      context.log(action.level, action.message);
      return;
    case 'cancel':
      context.cancel(action.orderId, action.why);
      return;
    case 'place': {
      const { id } = placed(action, context);
      invariant(id === action.id, `order ${action.id} was placed as ${id}`);
    }
  }
}

/** Where it cannot even be placed, the line is told that wanted it. */
function placed({ order, at }: Extract<Action, { do: 'place' }>, context: StrategyContext): Order {
  try {
    return context.place(order);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error(faultSentence({ message, at }));
  }
}

/** Of the book where there is one, else of the quote; nothing where neither is known. */
function levelsOf({ book, quote }: StrategyMarket, side: Side, depth: number): BookLevel[] {
  if (book.isReady) {
    const levels: BookLevel[] = [];
    for (let index = 0; index < depth; index += 1) {
      const level = book.level(side, index);
      if (!level) break;
      levels.push(level);
    }
    return levels;
  }
  if (!quote) return [];
  return side === 'buy' ? [[quote.bidPrice, quote.bidSize]] : [[quote.askPrice, quote.askSize]];
}
