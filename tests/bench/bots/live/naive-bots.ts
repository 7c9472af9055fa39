import { type Decimal, decimal, ZERO } from '#domain/decimal.ts';
import type { Trade } from '#domain/trade.ts';
import type { BenchBot } from './setting.ts';

/** What one writes first for a bot that trades: all in decimals, all lists gone through anew. */

export interface NaiveOrder {
  readonly id: string;
  readonly bot: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  /** Null of one at the market. */
  readonly limit: Decimal | null;
}

export interface NaiveFill extends NaiveOrder {
  readonly price: Decimal;
  readonly fee: Decimal;
}

/** Told of what a bot does, before it goes on. */
export interface NaiveDesk {
  placed(order: NaiveOrder): void;
  filled(fill: NaiveFill): void;
}

interface NaiveCandle {
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
}

const FEE = decimal(0.0005);
const MOST_CANDLES = 100;

const sumOf = (values: readonly Decimal[]): Decimal =>
  values.reduce<Decimal>((sum, value) => sum.plus(value), ZERO);
const larger = (a: Decimal, b: Decimal): Decimal => (a.gt(b) ? a : b);
const smaller = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b);

export class NaiveBot {
  readonly #name: string;
  readonly #bot: BenchBot;
  readonly #desk: NaiveDesk;
  readonly #candles: NaiveCandle[] = [];
  #current: NaiveCandle | null = null;
  #second = 0;
  #minute = 0;
  #open: NaiveOrder[] = [];
  #held: Decimal = ZERO;
  #cash: Decimal = decimal(1_000_000);
  equity: Decimal = this.#cash;
  #orders = 0;
  #side = 0;

  constructor(name: string, bot: BenchBot, desk: NaiveDesk) {
    this.#name = name;
    this.#bot = bot;
    this.#desk = desk;
  }

  onTrade(trade: Trade): void {
    const price = decimal(trade.price);
    this.#fillOpen(price);
    this.#think(trade, price);
    this.#see(trade, price);
    this.equity = this.#cash.plus(this.#held.times(price));
  }

  #number(name: string): number {
    return Number(this.#bot.params[name]);
  }

  #think(trade: Trade, price: Decimal): void {
    const minute = Math.floor(trade.eventTime / 60_000);
    if (this.#bot.strategy === 'dca' && minute !== this.#minute) {
      this.#place('buy', decimal(this.#number('amount')).div(price).round(3), null, price);
    }
    this.#minute = minute;
    if (this.#bot.strategy === 'grid' && this.#orders === 0) this.#layGrid(price);
  }

  #layGrid(center: Decimal): void {
    const step = center.times(this.#number('spacingBps')).div(10_000);
    for (let level = 1; level <= this.#number('levels'); level += 1) {
      const [quantity, away] = [decimal(0.1), step.times(level)];
      this.#place('buy', quantity, center.minus(away).round(2), center);
      this.#place('sell', quantity, center.plus(away).round(2), center);
    }
  }

  #see(trade: Trade, price: Decimal): void {
    const second = Math.floor(trade.eventTime / 1_000);
    if (second !== this.#second && this.#current) {
      this.#candles.push(this.#current);
      if (this.#candles.length > MOST_CANDLES) this.#candles.shift();
      this.#current = null;
      this.#onCandle(price);
    }
    this.#second = second;
    const { high, low } = this.#current ?? { high: price, low: price };
    this.#current = { high: larger(high, price), low: smaller(low, price), close: price };
  }

  #onCandle(price: Decimal): void {
    const side = this.#sideOf();
    if (side === 0 || side === this.#side) return;
    this.#side = side;
    const delta = decimal(0.1).times(side).minus(this.#held);
    this.#place(delta.gt(ZERO) ? 'buy' : 'sell', delta.abs(), null, price);
  }

  #sideOf(): number {
    const closes = this.#candles.map(({ close }) => close);
    if (this.#bot.strategy === 'ma-cross') {
      const [fast, slow] = [this.#number('fast'), this.#number('slow')];
      if (closes.length < slow) return 0;
      return sumOf(closes.slice(-fast))
        .div(fast)
        .cmp(sumOf(closes.slice(-slow)).div(slow));
    }
    if (this.#bot.strategy === 'rsi-reversion') return this.#rsiSide(closes);
    if (this.#bot.strategy === 'donchian-breakout') return this.#channelSide();
    return 0;
  }

  #rsiSide(closes: readonly Decimal[]): number {
    const period = this.#number('period');
    if (closes.length <= period) return 0;
    const changes = closes.slice(1).map((close, index) => close.minus(closes[index] ?? close));
    const last = changes.slice(-period);
    const gains = sumOf(last.filter((change) => change.gt(ZERO)));
    const losses = sumOf(last.filter((change) => change.lt(ZERO))).abs();
    if (losses.eq(ZERO)) return -1;
    const index = decimal(100).minus(decimal(100).div(gains.div(losses).plus(1)));
    if (index.lt(30)) return 1;
    return index.gt(70) ? -1 : 0;
  }

  #channelSide(): number {
    const period = this.#number('entryPeriod');
    const before = this.#candles.slice(-period - 1, -1);
    const close = this.#candles.at(-1)?.close;
    if (before.length < period || !close) return 0;
    if (before.every(({ high }) => close.gt(high))) return 1;
    return before.every(({ low }) => close.lt(low)) ? -1 : 0;
  }

  #place(side: 'buy' | 'sell', quantity: Decimal, limit: Decimal | null, price: Decimal): void {
    this.#orders += 1;
    const order = { id: `${this.#name}-${this.#orders}`, bot: this.#name, side, quantity, limit };
    this.#desk.placed(order);
    if (limit === null) this.#fill(order, price);
    else this.#open.push(order);
  }

  #fillOpen(price: Decimal): void {
    const reached = this.#open.filter(({ side, limit }) =>
      side === 'buy' ? limit?.gte(price) : limit?.lte(price),
    );
    this.#open = this.#open.filter((order) => !reached.includes(order));
    for (const order of reached) {
      this.#fill(order, order.limit ?? price);
      const back = order.side === 'buy' ? 'sell' : 'buy';
      const step = price.times(this.#number('spacingBps')).div(10_000);
      const limit = order.limit ?? price;
      const answer = back === 'sell' ? limit.plus(step) : limit.minus(step);
      this.#place(back, order.quantity, answer.round(2), price);
    }
  }

  #fill(order: NaiveOrder, price: Decimal): void {
    const value = order.quantity.times(price);
    const fee = value.times(FEE);
    const sign = order.side === 'buy' ? 1 : -1;
    this.#held = this.#held.plus(order.quantity.times(sign));
    this.#cash = this.#cash.minus(value.times(sign)).minus(fee);
    this.#desk.filled({ ...order, price, fee });
  }
}
