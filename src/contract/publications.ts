import type { Alert, AlertSilence } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { Announcement } from '#domain/announcement.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { BotLogEntry, BotStatus } from '#domain/bot.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Liquidation } from '#domain/liquidation.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order } from '#domain/order.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Ticker } from '#domain/ticker.ts';
import type { Trade } from '#domain/trade.ts';
import type { WatchlistGroup } from '#domain/watchlist.ts';
import type { BacktestView } from './backtest-requests.ts';
import { channel } from './channels.ts';
import type { FeedStatus, MarkedPosition } from './model.ts';
import type { PushPayload } from './pushes.ts';
import type { DeckView } from './replay-requests.ts';
import type { TapeJob } from './tape-requests.ts';

/** A change of a book: all of it (`snapshot`), the changed levels (`delta`), or that it is `lost`. */
export interface BookChange {
  readonly instrumentId: InstrumentId;
  readonly kind: 'snapshot' | 'delta' | 'lost';
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly sequence: number | null;
}

export type HubMetrics = Omit<PushPayload<'metrics'>, 'channel' | 'seq' | 'timestamp'>;

/** What the rooms publish, in the domain's words. The hub turns it into pushes. */
export type Publishable =
  | { readonly of: 'ticker'; readonly ticker: Ticker }
  /** A ticker once more, on the channel that has them all. */
  | { readonly of: 'publicPrice'; readonly ticker: Ticker }
  | { readonly of: 'trade'; readonly trade: Trade }
  | { readonly of: 'liquidation'; readonly liquidation: Liquidation }
  | { readonly of: 'book'; readonly change: BookChange }
  | {
      readonly of: 'candle';
      readonly instrumentId: InstrumentId;
      readonly interval: CandleInterval;
      readonly candle: Candle;
    }
  | { readonly of: 'botStatus'; readonly status: BotStatus }
  | { readonly of: 'fill'; readonly fill: Fill }
  | { readonly of: 'position'; readonly position: MarkedPosition }
  | { readonly of: 'order'; readonly order: Order }
  | { readonly of: 'botLog'; readonly entry: BotLogEntry }
  | { readonly of: 'notification'; readonly userId: string; readonly notification: Notification }
  /** Notifications were read: these, or all that were told before. */
  | {
      readonly of: 'notificationsRead';
      readonly userId: string;
      readonly ids: readonly string[] | null;
      /** How many are not, now. */
      readonly unread: number;
    }
  | {
      readonly of: 'balance';
      readonly userId: string;
      readonly balances: readonly CurrencyBalance[];
    }
  | { readonly of: 'announcement'; readonly announcement: Announcement }
  | { readonly of: 'deskMessage'; readonly message: DeskMessage }
  | { readonly of: 'deskPresence'; readonly presence: DeskPresence }
  | { readonly of: 'alert'; readonly alert: Alert }
  | {
      readonly of: 'alertRules';
      readonly rules: readonly AlertRule[];
      readonly silences: readonly AlertSilence[];
    }
  /** One of a replay deck. */
  | { readonly of: 'deckAlert'; readonly deckId: string; readonly alert: Alert }
  | { readonly of: 'feeds'; readonly feeds: readonly FeedStatus[] }
  | { readonly of: 'watchlist'; readonly groups: readonly WatchlistGroup[] }
  | { readonly of: 'tapeJobs'; readonly jobs: readonly TapeJob[] }
  | { readonly of: 'deck'; readonly deck: DeckView }
  | { readonly of: 'decks'; readonly deckIds: readonly string[] }
  | { readonly of: 'backtest'; readonly backtest: BacktestView }
  | { readonly of: 'backtestRemoved'; readonly backtestId: string }
  | { readonly of: 'metrics'; readonly metrics: HubMetrics }
  /** The last of a channel that is no more. */
  | { readonly of: 'ended'; readonly channel: string };

/** The channel that a publication belongs to. */
export function channelOf(item: Publishable): string {
  switch (item.of) {
    case 'ticker':
      return channel.ticker(item.ticker.instrumentId);
    case 'publicPrice':
      return channel.publicPrice;
    case 'trade':
      return channel.trades(item.trade.instrumentId);
    case 'liquidation':
      return channel.liquidations(item.liquidation.instrumentId);
    case 'book':
      return channel.orderBook(item.change.instrumentId);
    case 'candle':
      return channel.candles(item.instrumentId, item.interval);
    case 'botStatus':
      return channel.bot(item.status.botId, 'status');
    case 'fill':
      return channel.bot(item.fill.botId, 'trades');
    case 'position':
      return channel.bot(item.position.botId, 'positions');
    case 'order':
      return channel.bot(item.order.botId, 'orders');
    case 'botLog':
      return channel.bot(item.entry.botId, 'logs');
    case 'notification':
    case 'notificationsRead':
      return channel.user(item.userId, 'notifications');
    case 'balance':
      return channel.user(item.userId, 'balance');
    case 'announcement':
      return channel.announcement;
    case 'deskMessage':
      return channel.desk(item.message.room);
    case 'deskPresence':
      return channel.deskPresence(item.presence.room);
    case 'alert':
      return channel.alerts;
    case 'alertRules':
      return channel.alertRules;
    case 'deckAlert':
      return channel.replayAlerts(item.deckId);
    case 'feeds':
      return channel.feeds;
    case 'watchlist':
      return channel.watchlist;
    case 'tapeJobs':
      return channel.tapeJobs;
    case 'deck':
      return channel.replayDeck(item.deck.id);
    case 'decks':
      return channel.replay;
    case 'backtest':
    case 'backtestRemoved':
      return channel.backtests;
    case 'metrics':
      return channel.admin;
    case 'ended':
      return item.channel;
  }
}

/** Which values of one *latest* channel replace one another: those of the same key (rule B2). */
export type ConflationKey = number | string;

/**
 * Candles of different intervals of time are different values, so that a closed candle is never
 * replaced by the next one; so are prices and positions of different instruments, and different
 * backtests, on one channel.
 * Everything else has one value a channel.
 */
export function conflationKeyOf(data: Publishable): ConflationKey {
  switch (data.of) {
    case 'candle':
      return data.candle.openTime;
    case 'publicPrice':
      return data.ticker.instrumentId;
    case 'position':
      return data.position.instrumentId;
    case 'backtest':
      return data.backtest.id;
    case 'backtestRemoved':
      return data.backtestId;
    default:
      return 'value';
  }
}
