import type { LogLevel } from '#domain/bot.ts';
import type { Instrument } from '#domain/instrument.ts';
import { submittedOrder } from '#domain/order.ts';
import type { EpochMs } from '#domain/units.ts';
import { placeIn } from './fault-place.ts';
import type { Action, BotSnapshot } from './messages.ts';
import { readDraft, userOrder } from './user-order.ts';

/** More orders than this at one event is a strategy that orders in a loop. */
const MOST_ORDERS = 1_000;
const MOST_LOGS = 1_000;

const NO_LONGER_WANTED = 'no longer wanted';
type UserOrder = ReturnType<typeof userOrder>;

export interface UserOrders {
  readonly open: readonly UserOrder[];
  place(draft: unknown): UserOrder;
  cancel(orderId: string, why?: string): void;
  cancelAll(why?: string): void;
}

export interface UserBotOptions {
  readonly botId: string;
  readonly folder: string;
  readonly instrument: Instrument;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly indicators: Readonly<Record<string, unknown>>;
  readonly state: unknown;
}

/**
 * The bot as a user's module sees it: as it stood when the thread was asked, with what the module has
 * done since. What it does is written down, and done when the answer has arrived.
 */
export class UserBot {
  readonly instrument: Instrument;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly indicators: Readonly<Record<string, unknown>>;
  state: unknown;
  readonly #options: UserBotOptions;
  #snapshot: BotSnapshot | null = null;
  #actions: Action[] = [];
  #open: UserOrder[] = [];
  #placed = 0;
  #logged = 0;

  constructor(options: UserBotOptions) {
    this.#options = options;
    this.instrument = options.instrument;
    this.parameters = options.parameters;
    this.indicators = options.indicators;
    this.state = options.state;
    const open = () => this.#open;
    this.orders = {
      get open() {
        return open();
      },
      place: (draft) => this.#place(draft),
      cancel: (orderId, why = NO_LONGER_WANTED) => this.#cancel(String(orderId), String(why)),
      cancelAll: (why = NO_LONGER_WANTED) => {
        for (const { id } of [...this.#open]) this.#cancel(id, String(why));
      },
    };
  }

  readonly orders: UserOrders;

  readonly log = {
    debug: (...parts: unknown[]) => this.#log('debug', parts),
    info: (...parts: unknown[]) => this.#log('info', parts),
    warn: (...parts: unknown[]) => this.#log('warn', parts),
    error: (...parts: unknown[]) => this.#log('error', parts),
  };

  get time(): number {
    return this.#now.time;
  }

  get cash(): number {
    return Number(this.#now.cash);
  }

  get position() {
    const { quantity, averagePrice, realizedPnl, fees } = this.#now.position;
    return {
      quantity: Number(quantity),
      averagePrice: averagePrice === null ? null : Number(averagePrice),
      realizedPnl: Number(realizedPnl),
      fees: Number(fees),
    };
  }

  get market() {
    const { lastPrice, bids, asks } = this.#now;
    return { lastPrice, bid: bids[0]?.[0] ?? null, ask: asks[0]?.[0] ?? null, bids, asks };
  }

  /** What is asked next is asked of this. */
  look(snapshot: BotSnapshot): void {
    this.#snapshot = snapshot;
    this.#open = snapshot.openOrders.map(userOrder);
    this.#placed = 0;
    this.#logged = 0;
  }

  takeActions(): readonly Action[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  note(level: LogLevel, message: string): void {
    this.#actions.push({ do: 'log', level, message });
  }

  get #now(): BotSnapshot {
    if (!this.#snapshot) throw new Error('Nothing is known of the market yet');
    return this.#snapshot;
  }

  #place(given: unknown): UserOrder {
    const { botId, folder, instrument } = this.#options;
    const { orderSequence, time, position } = this.#now;
    const order = readDraft(given, instrument);
    this.#placed += 1;
    if (this.#placed > MOST_ORDERS) {
      throw new Error(`The strategy orders in a loop: ${MOST_ORDERS} orders at one event`);
    }
    const id = `${botId}-${orderSequence + this.#placed}`;
    // A stack is dear; of many orders the first one's place is enough.
    const at = this.#placed === 1 ? placeIn(new Error('here').stack ?? '', folder) : null;
    this.#actions.push({ do: 'place', order, id, at });
    const from = { id, botId, instrumentId: position.instrumentId };
    const placed = userOrder(submittedOrder(order, from, time as EpochMs));
    this.#open.push(placed);
    return placed;
  }

  #cancel(orderId: string, why: string): void {
    const stillOpen = this.#open.filter(({ id }) => id !== orderId);
    // Of an order that is not open, or canceled already, nothing would come.
    if (stillOpen.length === this.#open.length) return;
    this.#actions.push({ do: 'cancel', orderId, why });
    this.#open = stillOpen;
  }

  #log(level: LogLevel, parts: readonly unknown[]): void {
    this.#logged += 1;
    if (this.#logged > MOST_LOGS) {
      throw new Error(`The strategy logs in a loop: ${MOST_LOGS} lines at one event`);
    }
    this.note(level, parts.map(asText).join(' '));
  }
}

const LONGEST_LINE = 2_000;

function asText(part: unknown): string {
  const text = typeof part === 'object' && part !== null ? JSON.stringify(part) : String(part);
  return text.slice(0, LONGEST_LINE);
}
