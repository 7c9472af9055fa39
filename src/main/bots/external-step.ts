import type { BotRecord } from '#contract/bot-records.ts';
import type { Publishable } from '#contract/publications.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { performanceAt } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { backNotification } from './back-notification.ts';
import type { EquitySpacing } from './equity-spacing.ts';
import { endOfQuarter } from './equity-watch.ts';
import { type ExternalBot, type MarkPrice, marked, UNASSIGNED_INSTRUMENT } from './external-bot.ts';
import type { ExternalBotStore, ExternalRuntime } from './external-bot-store.ts';
import { fillNotification } from './fill-notification.ts';

export interface ExternalStepOptions {
  readonly store: ExternalBotStore;
  readonly userId: string;
  readonly markPrice: MarkPrice;
  readonly now: EpochMs;
  readonly spacing: EquitySpacing<ExternalBot>;
}

/** Tells our own bots' ids, which hold no colon, from those that external bots choose. */
const ownId = (botId: string, id: string): string => `${botId}:${id}`;

/**
 * One bot's part in a group: written within the group's transaction, and taken over by the bot only
 * when that is on disk.
 */
export class ExternalStep {
  readonly bot: ExternalBot;
  readonly #options: ExternalStepOptions;
  #config: BotConfig;
  #runtime: ExternalRuntime;
  readonly #orders: Order[] = [];
  readonly #positions: Position[] = [];
  #equityTime: EpochMs | null;

  constructor(bot: ExternalBot, options: ExternalStepOptions) {
    this.bot = bot;
    this.#options = options;
    this.#config = bot.config;
    this.#runtime = bot.runtime;
    this.#equityTime = bot.equityTime;
  }

  /** Writes one record; gives what to tell of it, or undefined where it was there already. */
  write(record: BotRecord): readonly Publishable[] | undefined {
    const { store, now } = this.#options;
    if (!store.insertRecord(record.botId, record.id, now)) return undefined;
    const told = this.#write(record);
    return this.#config.archivedTime === null ? told : [...(told ?? []), this.#bringBack()];
  }

  #write(record: BotRecord): readonly Publishable[] | undefined {
    switch (record.kind) {
      case 'status':
        return this.#writeStatus(record.data);
      case 'trade':
        return this.#writeFill(record.botId, record.data);
      case 'order':
        return this.#writeOrder(record.botId, record.data);
      case 'position':
        return this.#writePosition({ ...record.data, botId: record.botId });
      case 'log': {
        const entry = { ...record.data, botId: record.botId };
        this.#options.store.appendLog(entry);
        return [{ of: 'botLog', entry }];
      }
    }
  }

  /** Writes what the records together changed of the bot itself. */
  finish(): void {
    if (this.#config !== this.bot.config) this.#options.store.updateConfig(this.#config);
    if (this.#runtime !== this.bot.runtime) this.#options.store.saveRuntime(this.#runtime);
  }

  /** Once it is on disk. */
  apply(): void {
    this.bot.config = this.#config;
    this.bot.runtime = this.#runtime;
    this.bot.equityTime = this.#equityTime;
    for (const order of this.#orders) this.bot.applyOrder(order);
    for (const position of this.#positions) this.bot.applyPosition(position);
  }

  /** It was archived while it was still, and has something new to say: the user is told why it is in sight again. */
  #bringBack(): Publishable {
    const { store, userId, now } = this.#options;
    this.#config = { ...this.#config, archivedTime: null };
    const notification = backNotification(this.#config, now);
    store.insertNotification(notification);
    return { of: 'notification', userId, notification };
  }

  #writeStatus(data: (BotRecord & { kind: 'status' })['data']): Publishable[] {
    const { state, error, name, instrumentId, capabilities, ...money } = data;
    const { money: before } = this.#runtime;
    this.#runtime = { ...this.#runtime, state, error, money: { ...before, ...money } };
    if (capabilities) this.#runtime = { ...this.#runtime, capabilities };
    // One that has stopped has answered.
    if (state === 'stopped' || state === 'error') this.#runtime = { ...this.#runtime, stop: null };
    if (money.equity !== undefined) this.#observe(money.equity, before.equity);
    const wanted = name ?? this.#config.name;
    if (wanted !== this.#config.name) this.#config = { ...this.#config, name: wanted };
    if (instrumentId !== undefined) this.#assign(instrumentId);
    return [];
  }

  /** A day begins with what the day before ended with; the first one with the first that is known. */
  #observe(equity: DecimalString, before: DecimalString): void {
    const { performance } = this.#runtime;
    const start = performance.dayTime === null ? equity : before;
    const next = performanceAt(performance, equity, this.#options.now, start);
    this.#runtime = { ...this.#runtime, performance: next };
    this.#endQuarter(before);
    this.#draw(equity);
  }

  #endQuarter(pnl: DecimalString): void {
    const { store, now } = this.#options;
    const { id } = this.bot;
    const since = this.#equityTime ?? store.equity.times(id)?.last ?? now;
    this.#equityTime = now;
    const time = endOfQuarter(since);
    if (time < now) store.equity.endQuarter(id, { time, pnl });
  }

  /** What of its equity was paid in is not known: all of it counts as won. */
  #draw(equity: DecimalString): void {
    const { store, now, spacing } = this.#options;
    if (!spacing.isDue(this.bot, now)) return;
    spacing.take(this.bot, now);
    store.equity.append({ botId: this.bot.id, time: now, equity, pnl: equity });
  }

  #writeFill(
    botId: string,
    data: (BotRecord & { kind: 'trade' })['data'],
  ): Publishable[] | undefined {
    const { store, userId, now } = this.#options;
    const fill: Fill = {
      ...data,
      botId,
      id: ownId(botId, data.id),
      orderId: ownId(botId, data.orderId),
    };
    this.#assignFirst(fill.instrumentId);
    if (!store.insertFill(fill, now)) return undefined;
    const { fillCount, lastFillTime } = this.#runtime;
    this.#runtime = {
      ...this.#runtime,
      fillCount: fillCount + 1,
      lastFillTime: Math.max(lastFillTime ?? 0, fill.eventTime) as EpochMs,
    };
    const notification = fillNotification(fill, this.#config, namesOf(fill.instrumentId), now);
    store.insertNotification(notification);
    return [
      { of: 'fill', fill },
      { of: 'notification', userId, notification },
    ];
  }

  #writeOrder(botId: string, data: (BotRecord & { kind: 'order' })['data']): Publishable[] {
    const order: Order = { ...data, botId, id: ownId(botId, data.id) };
    this.#assignFirst(order.instrumentId);
    // Told late, of a time before its end: it is not open again.
    if (!this.#options.store.upsertOrder(order)) return [];
    this.#orders.push(order);
    return [{ of: 'order', order }];
  }

  #writePosition(position: Position): Publishable[] {
    this.#assignFirst(position.instrumentId);
    this.#options.store.upsertPosition(position);
    this.#positions.push(position);
    return [{ of: 'position', position: marked(position, this.#options.markPrice) }];
  }

  #assign(instrumentId: InstrumentId): void {
    if (instrumentId !== this.#config.instrumentId)
      this.#config = { ...this.#config, instrumentId };
  }

  /** A bot that never said what it mainly trades is shown with the first instrument that it named. */
  #assignFirst(instrumentId: InstrumentId): void {
    if (this.#config.instrumentId === UNASSIGNED_INSTRUMENT) this.#assign(instrumentId);
  }
}
