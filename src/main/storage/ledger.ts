import type { Database } from 'better-sqlite3';
import { type Result, succeed } from '#contract/errors.ts';
import {
  type AlertDeliveryRepository,
  createAlertDeliveryRepository,
} from './alert-delivery-repository.ts';
import { type AlertRepository, createAlertRepository } from './alert-repository.ts';
import { type AlertRuleRepository, createAlertRuleRepository } from './alert-rule-repository.ts';
import {
  type AlertSilenceRepository,
  createAlertSilenceRepository,
} from './alert-silence-repository.ts';
import {
  type AnnouncementRepository,
  createAnnouncementRepository,
} from './announcement-repository.ts';
import { type BacktestRepository, createBacktestRepository } from './backtest-repository.ts';
import { type BotLogRepository, createBotLogRepository } from './bot-log-repository.ts';
import { type BotRecordRepository, createBotRecordRepository } from './bot-record-repository.ts';
import { type BotRepository, createBotRepository } from './bot-repository.ts';
import { type ChannelLogRepository, createChannelLogRepository } from './channel-log-repository.ts';
import { openDatabase, openImage } from './database.ts';
import { DatabaseImage } from './database-image.ts';
import { readingCheck } from './database-reading.ts';
import { createDeskRepository, type DeskRepository } from './desk-repository.ts';
import { createEquityRepository, type EquityRepository } from './equity-repository.ts';
import { createFeedRepository, type FeedRepository } from './feed-repository.ts';
import { createFillRepository, type FillRepository } from './fill-repository.ts';
import { createJournalRepository, type JournalRepository } from './journal-repository.ts';
import { LEDGER_APPLICATION_ID, LEDGER_MIGRATIONS } from './ledger-schema.ts';
import {
  createNotificationRepository,
  type NotificationRepository,
} from './notification-repository.ts';
import { createOrderRepository, type OrderRepository } from './order-repository.ts';
import { createOrderStateRepository, type OrderStateRepository } from './order-state-repository.ts';
import { createPositionRepository, type PositionRepository } from './position-repository.ts';
import type { DamageListener } from './rows.ts';
import { createSettingRepository, type SettingRepository } from './setting-repository.ts';
import { createTokenRepository, type TokenRepository } from './token-repository.ts';
import { createTrailRepository, type TrailRepository } from './trail-repository.ts';
import { WriteWatch } from './write-watch.ts';

/**
 * Everything that must never be lost. A write that returns is on disk, power loss included; one
 * that cannot be made throws, and leaves what was there.
 */
export interface Ledger {
  readonly bots: BotRepository;
  readonly orders: OrderRepository;
  readonly fills: FillRepository;
  readonly positions: PositionRepository;
  readonly equity: EquityRepository;
  readonly orderStates: OrderStateRepository;
  readonly trails: TrailRepository;
  readonly notifications: NotificationRepository;
  readonly botLogs: BotLogRepository;
  readonly botRecords: BotRecordRepository;
  readonly announcements: AnnouncementRepository;
  readonly desk: DeskRepository;
  readonly journal: JournalRepository;
  readonly channelLog: ChannelLogRepository;
  readonly settings: SettingRepository;
  readonly feeds: FeedRepository;
  readonly tokens: TokenRepository;
  readonly alertRules: AlertRuleRepository;
  readonly alerts: AlertRepository;
  readonly alertSilences: AlertSilenceRepository;
  readonly alertDeliveries: AlertDeliveryRepository;
  readonly backtests: BacktestRepository;
  /** All or nothing, with one flush to disk. May be nested. */
  transaction<T>(work: () => T): T;
  /** Moves the write-ahead log into the file. */
  checkpoint(): void;
  /** Checkpoints as well. */
  close(): void;
  /** Whether it can be read at this moment. */
  isOk(): boolean;
  /** In a sentence why it cannot be written, as far as transactions have shown; null where it can. */
  failure(): string | null;
  /** On disk, without the write-ahead log. */
  sizeBytes(): number;
  /** Only of one in memory, which is small. What it shares with an image `before` is kept once. */
  image(before: DatabaseImage | null): DatabaseImage;
}

export interface LedgerOptions {
  /** Hears of each stored row that cannot be read; the row is left as it is and skipped. */
  readonly onDamage: DamageListener;
}

const MEBIBYTE = 1024 * 1024;

export function openLedger(path: string, options: LedgerOptions): Result<Ledger> {
  const opened = openDatabase({
    path,
    applicationId: LEDGER_APPLICATION_ID,
    migrations: LEDGER_MIGRATIONS,
    synchronous: 'FULL',
    pageBytes: 4096,
    // Ten times what a group of reports touches. Many commits look at each page that is kept.
    cacheBytes: 8 * MEBIBYTE,
    // The thread beside moves the log long before; this is for a flood that it cannot keep up with.
    checkpointBytes: 64 * MEBIBYTE,
    check: 'thorough',
  });
  return opened.ok ? succeed(ledgerOf(opened.value, options.onDamage)) : opened;
}

/** A ledger in memory, as it stood when the image was taken. */
export const openLedgerImage = (image: DatabaseImage, { onDamage }: LedgerOptions): Ledger =>
  ledgerOf(openImage(image), onDamage);

function ledgerOf(database: Database, onDamage: DamageListener): Ledger {
  const transact = database.transaction((work: () => unknown) => work());
  const writes = new WriteWatch(database);
  const channelLog = createChannelLogRepository(database, onDamage);
  const sizeBytes = database
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck();
  return {
    bots: createBotRepository(database, onDamage),
    orders: createOrderRepository(database, onDamage),
    fills: createFillRepository(database, onDamage),
    positions: createPositionRepository(database, onDamage),
    equity: createEquityRepository(database, onDamage),
    orderStates: createOrderStateRepository(database, onDamage),
    trails: createTrailRepository(database, onDamage),
    notifications: createNotificationRepository(database, onDamage),
    botLogs: createBotLogRepository(database, onDamage),
    botRecords: createBotRecordRepository(database),
    announcements: createAnnouncementRepository(database, onDamage),
    desk: createDeskRepository(database, onDamage),
    journal: createJournalRepository(database, onDamage),
    channelLog,
    settings: createSettingRepository(database, onDamage),
    feeds: createFeedRepository(database),
    tokens: createTokenRepository(database, onDamage),
    alertRules: createAlertRuleRepository(database, onDamage),
    alerts: createAlertRepository(database, onDamage),
    alertSilences: createAlertSilenceRepository(database, onDamage),
    alertDeliveries: createAlertDeliveryRepository(database, onDamage),
    backtests: createBacktestRepository(database, onDamage),
    transaction: <T>(work: () => T) => {
      try {
        return writes.watch(() => transact.immediate(work) as T);
      } catch (error) {
        channelLog.lookAgain();
        throw error;
      }
    },
    checkpoint: () => {
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    close: () => database.close(),
    isOk: readingCheck(database, 'SELECT 1 FROM bots LIMIT 1'),
    failure: () => writes.failure(),
    sizeBytes: () => sizeBytes.get() ?? 0,
    image: (before) => DatabaseImage.of(database, before),
  };
}
