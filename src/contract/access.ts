import type { ParsedChannel } from './channels.ts';
import type { ClientEvent } from './client-events.ts';
import type { RequestMethod } from './requests.ts';
import type { RequiredScope, Scope } from './scopes.ts';

/** What each channel, event and request needs (rule H2). One that is not here is denied to everybody. */

export const channelScopes: Readonly<Record<ParsedChannel['scope'], RequiredScope>> = {
  symbol: 'public',
  price: 'public',
  announcement: 'public',
  alerts: 'read',
  desk: 'read',
  feeds: 'read',
  user: 'read',
  bot: 'read',
  admin: 'admin',
};

/** `public` where the channel or the method that an event names decides. */
export const eventScopes: Readonly<Record<ClientEvent, RequiredScope>> = {
  authenticate: 'public',
  'price:subscribe': 'public',
  'price:unsubscribe': 'public',
  'subscribe:price': 'public',
  'subscribe:trades': 'public',
  'bot:subscribe': 'read',
  'bot:subscribe:one': 'read',
  subscribe: 'public',
  unsubscribe: 'public',
  'desk:join': 'read',
  'desk:leave': 'read',
  'desk:send': 'read',
  'bot:publish': 'publish',
  visibility: 'public',
  request: 'public',
};

export const requestScopes: Readonly<Record<RequestMethod, Scope>> = {
  'system.info': 'read',
  'health.get': 'read',
  'watchlist.get': 'read',
  'feeds.list': 'read',
  'feeds.add': 'admin',
  'feeds.remove': 'admin',
  'feeds.restart': 'admin',
  'candles.get': 'read',
  'trades.get': 'read',
  'orderbook.get': 'read',
  'strategies.list': 'read',
  'bots.list': 'read',
  'bots.get': 'read',
  'bots.create': 'trade',
  'bots.update': 'trade',
  'bots.start': 'trade',
  'bots.stop': 'trade',
  'bots.remove': 'trade',
  'bots.logs': 'read',
  'orders.list': 'read',
  'orders.cancel': 'trade',
  'fills.list': 'read',
  'positions.list': 'read',
  'notifications.list': 'read',
  'notifications.markRead': 'read',
  'announcements.send': 'admin',
  'announcements.list': 'read',
  'tokens.issue': 'admin',
  'settings.get': 'read',
  'settings.set': 'admin',
  'tokens.list': 'admin',
  'tokens.revoke': 'admin',
};
