import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import { type InstrumentId, isInstrumentId, isSymbol } from '#domain/instrument.ts';
import { deckOfBot, isDeckId } from './decks.ts';

/**
 * How a channel treats its consumers (rule B2): `latest` keeps a value and lets a newer one replace
 * an unsent older one, `stream` delivers everything, `flow` delivers in order in batches and gap-marks.
 */
export const CHANNEL_KINDS = ['latest', 'stream', 'flow'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const BOT_TOPICS = ['status', 'trades', 'positions', 'orders', 'logs'] as const;
export type BotTopic = (typeof BOT_TOPICS)[number];
const USER_TOPICS = ['notifications', 'balance'] as const;
export type UserTopic = (typeof USER_TOPICS)[number];

/** `symbol` is an InstrumentId, or a bare symbol that the hub resolves by the watchlist. */
export type ParsedChannel =
  | { readonly scope: 'admin' }
  | { readonly scope: 'feeds' }
  | { readonly scope: 'watchlist' }
  | { readonly scope: 'tape'; readonly topic: 'jobs' }
  /** One replay deck, or which there are. */
  | { readonly scope: 'replay'; readonly deckId: string | null; readonly topic: 'deck' | 'alerts' }
  | { readonly scope: 'backtests' }
  | { readonly scope: 'price' }
  | { readonly scope: 'announcement' }
  | { readonly scope: 'alerts'; readonly topic: 'alerts' | 'rules' }
  | { readonly scope: 'desk'; readonly room: string; readonly topic: 'messages' | 'presence' }
  | { readonly scope: 'user'; readonly userId: string; readonly topic: UserTopic }
  | { readonly scope: 'bot'; readonly botId: string; readonly topic: BotTopic }
  | {
      readonly scope: 'symbol';
      readonly symbol: string;
      readonly topic: 'ticker' | 'orderbook' | 'trades' | 'liquidations';
    }
  | {
      readonly scope: 'symbol';
      readonly symbol: string;
      readonly topic: 'candles';
      readonly interval: CandleInterval;
    };

export const channel = {
  /** Metrics of the hub and its process, every few seconds. */
  admin: 'admin',
  /** The state of every feed, whenever one changes. */
  feeds: 'feeds',
  /** Order and groups of what is watched, whenever somebody changes them. */
  watchlist: 'watchlist',
  /** Imports and exports with their progress. */
  tapeJobs: 'tape:jobs',
  /** Which replay decks are open. */
  replay: 'replay',
  replayDeck: (deckId: string) => `replay:${deckId}`,
  replayAlerts: (deckId: string) => `replay:${deckId}:alerts`,
  /** Each backtest whenever something of it changes; while it runs, a few times a second. */
  backtests: 'backtests',
  /** The ticker of every instrument of the watchlist. */
  publicPrice: 'price:public',
  announcement: 'announcement',
  /** Every change of an alert. */
  alerts: 'alerts',
  /** What is watched for and what is silenced, whenever that changes. */
  alertRules: 'alerts:rules',
  desk: (room: string) => `desk:${room}`,
  deskPresence: (room: string) => `desk:${room}:presence`,
  user: (userId: string, topic: UserTopic) => `user:${userId}:${topic}`,
  bot: (botId: string, topic: BotTopic) => `bot:${botId}:${topic}`,
  ticker: (id: InstrumentId | string) => `symbol:${id}:ticker`,
  orderBook: (id: InstrumentId | string) => `symbol:${id}:orderbook`,
  trades: (id: InstrumentId | string) => `symbol:${id}:trades`,
  liquidations: (id: InstrumentId | string) => `symbol:${id}:liquidations`,
  candles: (id: InstrumentId | string, interval: CandleInterval) =>
    `symbol:${id}:candles:${interval}`,
} as const;

export const MAX_CHANNEL_LENGTH = 160;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Lower case, so that two rooms never differ by that alone. */
export const DESK_ROOM = /^[a-z0-9][a-z0-9_-]{0,31}$/;

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T =>
  (list as readonly string[]).includes(text);

/** Channels of which there is one each. */
const SINGLE_CHANNELS: ReadonlyMap<string, ParsedChannel> = new Map<string, ParsedChannel>([
  [channel.admin, { scope: 'admin' }],
  [channel.feeds, { scope: 'feeds' }],
  [channel.watchlist, { scope: 'watchlist' }],
  [channel.tapeJobs, { scope: 'tape', topic: 'jobs' }],
  [channel.replay, { scope: 'replay', deckId: null, topic: 'deck' }],
  [channel.backtests, { scope: 'backtests' }],
  [channel.publicPrice, { scope: 'price' }],
  [channel.announcement, { scope: 'announcement' }],
  [channel.alerts, { scope: 'alerts', topic: 'alerts' }],
  [channel.alertRules, { scope: 'alerts', topic: 'rules' }],
]);

/** Reads a channel's name; undefined for anything that is not one. */
export function parseChannel(name: string): ParsedChannel | undefined {
  if (name.length > MAX_CHANNEL_LENGTH) return undefined;
  const single = SINGLE_CHANNELS.get(name);
  if (single) return single;
  const [scope, ...rest] = name.split(':');
  if (scope === 'user') return parseUser(rest);
  if (scope === 'bot') return parseBot(rest);
  if (scope === 'desk') return parseDesk(rest);
  if (scope === 'replay') return parseReplay(rest);
  return scope === 'symbol' ? parseSymbol(rest) : undefined;
}

function parseUser([userId = '', topic = '', ...more]: string[]): ParsedChannel | undefined {
  if (more.length > 0 || !ID.test(userId) || !isOneOf(USER_TOPICS, topic)) return undefined;
  return { scope: 'user', userId, topic };
}

function parseBot([botId = '', topic = '', ...more]: string[]): ParsedChannel | undefined {
  if (more.length > 0 || !ID.test(botId) || !isOneOf(BOT_TOPICS, topic)) return undefined;
  return { scope: 'bot', botId, topic };
}

function parseDesk([room = '', topic, ...more]: string[]): ParsedChannel | undefined {
  if (more.length > 0 || !DESK_ROOM.test(room)) return undefined;
  if (topic === undefined) return { scope: 'desk', room, topic: 'messages' };
  return topic === 'presence' ? { scope: 'desk', room, topic } : undefined;
}

function parseReplay([deckId = '', topic, ...more]: string[]): ParsedChannel | undefined {
  if (more.length > 0 || !isDeckId(deckId)) return undefined;
  if (topic === undefined) return { scope: 'replay', deckId, topic: 'deck' };
  return topic === 'alerts' ? { scope: 'replay', deckId, topic } : undefined;
}

/** The symbol itself may hold colons (`binance:BTC/USDT:USDT`), so the topic is read from the end. */
function parseSymbol(parts: string[]): ParsedChannel | undefined {
  const last = parts.at(-1) ?? '';
  const isCandles = parts.at(-2) === 'candles' && isOneOf(CANDLE_INTERVALS, last);
  const symbol = parts.slice(0, isCandles ? -2 : -1).join(':');
  if (!isInstrumentId(symbol) && !isSymbol(symbol)) return undefined;
  if (isCandles) return { scope: 'symbol', symbol, topic: 'candles', interval: last };
  return isOneOf(['ticker', 'orderbook', 'trades', 'liquidations'] as const, last)
    ? { scope: 'symbol', symbol, topic: last }
    : undefined;
}

export function channelKind(parsed: ParsedChannel): ChannelKind {
  switch (parsed.scope) {
    case 'admin':
    case 'feeds':
    case 'watchlist':
    case 'tape':
    case 'backtests':
    case 'price':
      return 'latest';
    case 'announcement':
      return 'stream';
    case 'replay':
      return parsed.topic === 'alerts' ? 'stream' : 'latest';
    case 'alerts':
      return parsed.topic === 'alerts' ? 'stream' : 'latest';
    case 'desk':
      return parsed.topic === 'presence' ? 'latest' : 'stream';
    case 'user':
      return parsed.topic === 'balance' ? 'latest' : 'stream';
    case 'bot':
      return parsed.topic === 'status' || parsed.topic === 'positions' ? 'latest' : 'stream';
    case 'symbol':
      if (parsed.topic === 'liquidations') return 'stream';
      return parsed.topic === 'ticker' || parsed.topic === 'candles' ? 'latest' : 'flow';
  }
}

/**
 * Channels that outlive the process (rule B5): fills, orders, logs, notifications and alerts. What
 * happens in a replay deck does not, and never touches the ledger (rule T4).
 */
export function isDurable(parsed: ParsedChannel): boolean {
  switch (parsed.scope) {
    case 'bot':
      return channelKind(parsed) === 'stream' && deckOfBot(parsed.botId) === undefined;
    case 'user':
    case 'alerts':
      return channelKind(parsed) === 'stream';
    default:
      return false;
  }
}
