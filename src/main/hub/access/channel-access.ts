import { channelScopes } from '#contract/access.ts';
import { channel, type ParsedChannel, parseChannel } from '#contract/channels.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { mayUse } from '#contract/scopes.ts';
import type { ChannelDirectory, HubUser } from '../dependencies.ts';

const ACCESS_DENIED = fail('access_denied', 'Access denied');

/**
 * The canonical name of a channel that this user may subscribe to (rule H2). A bot that does not
 * exist is denied like one that is not his, so that nothing is told about others' bots.
 */
export function resolveChannel(
  name: string,
  user: HubUser,
  directory: ChannelDirectory,
): Result<string> {
  const parsed = parseChannel(name);
  if (!parsed) return fail('unknown_channel', `No channel "${name}"`);
  if (!mayUse(user, channelScopes[parsed.scope])) return ACCESS_DENIED;
  switch (parsed.scope) {
    case 'admin':
    case 'feeds':
    case 'watchlist':
    case 'tape':
    case 'price':
    case 'announcement':
    case 'desk':
      return succeed(name);
    // Of any bot, so that only who reaches them all may hear them.
    case 'alerts':
    case 'backtests':
      return user.bots === 'all' ? succeed(name) : ACCESS_DENIED;
    case 'replay':
      if (parsed.topic === 'alerts' && user.bots !== 'all') return ACCESS_DENIED;
      return parsed.deckId === null || directory.isKnownDeck(parsed.deckId)
        ? succeed(name)
        : fail('unknown_channel', `There is no replay deck ${parsed.deckId}`);
    case 'user':
      // What is the owner's is of any bot, too.
      if (parsed.userId === directory.ownerId && user.bots !== 'all') return ACCESS_DENIED;
      return parsed.userId === user.userId ? succeed(name) : ACCESS_DENIED;
    case 'bot':
      return directory.isKnownBot(parsed.botId, user) ? succeed(name) : ACCESS_DENIED;
    case 'symbol':
      return resolveSymbol(parsed, directory);
  }
}

function resolveSymbol(
  parsed: ParsedChannel & { scope: 'symbol' },
  directory: ChannelDirectory,
): Result<string> {
  const id = directory.resolveInstrument(parsed.symbol);
  if (!id) return fail('unknown_instrument', `"${parsed.symbol}" is not on the watchlist`);
  switch (parsed.topic) {
    case 'ticker':
      return succeed(channel.ticker(id));
    case 'trades':
      return succeed(channel.trades(id));
    case 'liquidations':
      return succeed(channel.liquidations(id));
    case 'orderbook':
      return succeed(channel.orderBook(id));
    case 'candles':
      return succeed(channel.candles(id, parsed.interval));
  }
}
