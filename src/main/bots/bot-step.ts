import type { BotConfig, BotLogEntry, LogLevel } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BotChanges } from './bot-store.ts';
import { fillNotification } from './fill-notification.ts';
import type { AccountChange } from './trading-account.ts';

/** What one step of a bot has changed so far, to be committed as a whole. */
export class BotStep {
  #orders: Order[] = [];
  #fills: Fill[] = [];
  #logs: BotLogEntry[] = [];
  #notifications: Notification[] = [];

  get isEmpty(): boolean {
    return this.#orders.length + this.#logs.length + this.#notifications.length === 0;
  }

  order({ order, fill }: AccountChange, about: BotConfig, instrument: Instrument, now: EpochMs) {
    this.#orders.push(order);
    if (!fill) return;
    this.#fills.push(fill);
    this.#notifications.push(fillNotification(fill, about, instrument, now));
  }

  log(botId: string, level: LogLevel, message: string, time: EpochMs): void {
    this.#logs.push({ botId, level, message, time });
  }

  notify(notification: Notification): void {
    this.#notifications.push(notification);
  }

  /** What could not be written stays, so that a later commit writes it or none of what follows. */
  commit(
    { runtime, position, trail }: Pick<BotChanges, 'runtime' | 'trail'> & { position: Position },
    write: (changes: BotChanges) => void,
  ): void {
    write({
      runtime,
      orders: this.#orders,
      fills: this.#fills,
      position: this.#fills.length > 0 ? position : null,
      logs: this.#logs,
      notifications: this.#notifications,
      equityPoint: null,
      quarterEnds: [],
      trail,
      config: null,
    });
    this.#orders = [];
    this.#fills = [];
    this.#logs = [];
    this.#notifications = [];
  }
}
