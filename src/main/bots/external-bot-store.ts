import type { BotCapability, BotConfig, BotLogEntry, BotState } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { Fill } from '#domain/fill.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order } from '#domain/order.ts';
import type { Performance } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { EquityCurveStore } from './bot-store.ts';
import type { QuarterEnd } from './equity-watch.ts';

/** What a bot says of its money, in its instrument's quote currency. */
interface ReportedMoney {
  readonly cash: DecimalString;
  readonly equity: DecimalString;
  readonly realizedPnl: DecimalString;
  readonly unrealizedPnl: DecimalString;
  readonly fees: DecimalString;
}

/** That it stop, as it was asked and has not answered. */
export interface StopWish {
  readonly commandId: string;
  /** Then it is given up. */
  readonly endTime: EpochMs;
}

export interface ExternalRuntime {
  readonly botId: string;
  /** As the bot last said. */
  readonly state: Exclude<BotState, 'silent'>;
  readonly error: string | null;
  readonly money: ReportedMoney;
  /** Of its equity: what of it was paid in is not known. */
  readonly performance: Performance;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
  /** As it last said. */
  readonly capabilities: readonly BotCapability[];
  /** Null where nobody asked, or it has answered. */
  readonly stop: StopWish | null;
}

export interface StoredExternalBot {
  readonly config: BotConfig;
  readonly runtime: ExternalRuntime;
  readonly positions: readonly Position[];
  readonly openOrderIds: readonly string[];
}

/** The ledger as external bots need it. Everything throws where it cannot be written. */
export interface ExternalBotStore {
  list(): readonly StoredExternalBot[];
  /** All or nothing, durable when it returns. What follows is called within one. */
  transaction(work: () => void): void;
  insert(bot: Pick<StoredExternalBot, 'config' | 'runtime'>): void;
  updateConfig(config: BotConfig): void;
  saveRuntime(runtime: ExternalRuntime): void;
  /** False where a record of this bot and id was there already. */
  insertRecord(botId: string, recordId: string, time: EpochMs): boolean;
  hasRecord(botId: string, recordId: string): boolean;
  /** False where a fill of this id was there already. `reportedTime` is when it came, by our clock. */
  insertFill(fill: Fill, reportedTime: EpochMs): boolean;
  /** False where it was over already by what the order says of its own time: then only that this was told is kept. */
  upsertOrder(order: Order): boolean;
  upsertPosition(position: Position): void;
  /** What it said of its equity, now and then. */
  readonly equity: Pick<EquityCurveStore, 'times' | 'thin'> & {
    append(point: EquityPoint): void;
    endQuarter(botId: string, end: QuarterEnd): void;
  };
  appendLog(entry: BotLogEntry): void;
  insertNotification(notification: Notification): void;
  remove(botId: string): void;
}
