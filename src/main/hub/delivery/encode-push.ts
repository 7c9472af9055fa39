import type { BookChange, Publishable } from '#contract/publications.ts';
import type { Push } from '#contract/pushes.ts';
import { plainCandle } from '#domain/candle.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, plainSum } from '#domain/units.ts';
import type { Delivery } from '../dependencies.ts';

type Publication = Delivery['publications'][number];
type Envelope = { channel: string; seq: number; timestamp: EpochMs };

/** A delivery as pushes, in order. */
export function encodeDelivery(delivery: Delivery): readonly Push[] {
  const last = delivery.publications.at(-1);
  if (!last) return [];
  // A channel carries one kind of thing, so its last publication speaks for all of them.
  if (last.data.of === 'trade') return [encodeTrades(delivery, last, last.data.trade)];
  if (last.data.of === 'book') return encodeBook(delivery);
  return delivery.publications.flatMap(({ offset, timestamp, data }) =>
    encodeSingle({ channel: delivery.channel, seq: offset, timestamp }, data),
  );
}

/** Everything but *flow* data: one push a publication. */
function encodeSingle(envelope: Envelope, data: Publishable): Push[] {
  switch (data.of) {
    case 'ticker':
    case 'publicPrice':
      return [{ event: 'price:update', payload: { ...envelope, ...tickerFields(data.ticker) } }];
    case 'candle': {
      const { instrumentId: symbol, interval } = data;
      const candle = plainCandle(data.candle);
      return [{ event: 'candle:update', payload: { ...envelope, symbol, interval, candle } }];
    }
    case 'liquidation': {
      const { instrumentId: symbol, side, price, size, eventTime } = data.liquidation;
      const fields = { symbol, side, price, size, eventTime };
      return [{ event: 'liquidation:new', payload: { ...envelope, ...fields } }];
    }
    case 'botStatus':
      return [{ event: 'bot:status', payload: { ...envelope, ...data.status } }];
    case 'fill': {
      const { fill } = data;
      return [
        { event: 'bot:trade', payload: { ...envelope, botId: fill.botId, trade: { ...fill } } },
      ];
    }
    case 'position': {
      const { position } = data;
      return [{ event: 'bot:position', payload: { ...envelope, botId: position.botId, position } }];
    }
    case 'order': {
      const { order } = data;
      return [{ event: 'bot:order', payload: { ...envelope, botId: order.botId, order } }];
    }
    case 'botLog':
      return [{ event: 'bot:log', payload: { ...envelope, ...data.entry } }];
    case 'notification':
      return [{ event: 'notification', payload: { ...envelope, ...data.notification } }];
    case 'notificationsRead': {
      const { ids, unread } = data;
      const payload = { ...envelope, ids: ids === null ? null : [...ids], unread };
      return [{ event: 'notification:read', payload }];
    }
    case 'balance':
      return [{ event: 'balance', payload: { ...envelope, balances: [...data.balances] } }];
    case 'alert':
    case 'deckAlert':
      return [{ event: 'alert', payload: { ...envelope, ...data.alert } }];
    case 'alertRules': {
      const { rules, silences } = data;
      return [
        {
          event: 'alert:rules',
          payload: { ...envelope, rules: [...rules], silences: [...silences] },
        },
      ];
    }
    case 'announcement':
      return [{ event: 'announcement', payload: { ...envelope, ...data.announcement } }];
    case 'deskMessage':
      return [{ event: 'desk:message', payload: { ...envelope, ...data.message } }];
    case 'deskPresence': {
      const { room, userIds } = data.presence;
      return [{ event: 'desk:presence', payload: { ...envelope, room, userIds: [...userIds] } }];
    }
    case 'feeds':
      return [{ event: 'feed:status', payload: { ...envelope, feeds: [...data.feeds] } }];
    case 'watchlist':
      return [
        { event: 'watchlist:update', payload: { ...envelope, groups: wireGroups(data.groups) } },
      ];
    case 'deck':
      return [{ event: 'replay:deck', payload: { ...envelope, deck: data.deck } }];
    case 'decks':
      return [{ event: 'replay:decks', payload: { ...envelope, deckIds: [...data.deckIds] } }];
    case 'tapeJobs':
      return [{ event: 'tape:jobs', payload: { ...envelope, jobs: [...data.jobs] } }];
    case 'backtest':
      return [{ event: 'backtest:update', payload: { ...envelope, backtest: data.backtest } }];
    case 'backtestRemoved': {
      const { backtestId } = data;
      return [{ event: 'backtest:removed', payload: { ...envelope, backtestId } }];
    }
    case 'metrics':
      return [{ event: 'metrics', payload: { ...envelope, ...data.metrics } }];
    case 'ended':
      return [{ event: 'ended', payload: envelope }];
    case 'trade':
    case 'book':
      return [];
  }
}

const wireGroups = (groups: (Publishable & { of: 'watchlist' })['groups']) =>
  groups.map((group) => ({ ...group, instrumentIds: [...group.instrumentIds] }));

const tickerFields = (ticker: (Publishable & { of: 'ticker' })['ticker']) => ({
  symbol: ticker.instrumentId,
  price: ticker.lastPrice,
  bid: ticker.bidPrice,
  ask: ticker.askPrice,
  volume: plainSum(ticker.volume),
  change24h: ticker.changePercent,
  high24h: ticker.highPrice,
  low24h: ticker.lowPrice,
  eventTime: ticker.eventTime,
});

function encodeTrades(delivery: Delivery, last: Publication, { instrumentId }: Trade): Push {
  const trades = delivery.publications.flatMap(({ data }) =>
    data.of === 'trade' ? [wireTrade(data.trade)] : [],
  );
  const envelope = {
    channel: delivery.channel,
    seq: last.offset,
    prevSeq: delivery.prevOffset,
    timestamp: last.timestamp,
  };
  return { event: 'trade:new', payload: { ...envelope, symbol: instrumentId, trades } };
}

const wireTrade = ({ id, price, size, aggressorSide, eventTime }: Trade) => ({
  id,
  price,
  size,
  side: aggressorSide,
  timestamp: eventTime,
});

/**
 * At most two pushes: the last snapshot or loss of the run, which makes all before it worthless,
 * and the deltas after it merged into one.
 */
function encodeBook({ channel, prevOffset, publications }: Delivery): Push[] {
  const changes = publications.flatMap(({ offset, timestamp, data }) =>
    data.of === 'book' ? [{ offset, timestamp, change: data.change }] : [],
  );
  const resetIndex = changes.findLastIndex(({ change }) => change.kind !== 'delta');
  const reset = changes[resetIndex];
  const deltas = changes.slice(resetIndex + 1);
  const last = deltas.at(-1);
  const pushes: Push[] = [];
  if (reset) pushes.push(bookPush({ channel, prevSeq: prevOffset, ...reset }));
  if (last) {
    const change = mergeDeltas(
      deltas.map((delta) => delta.change),
      last.change,
    );
    pushes.push(bookPush({ channel, prevSeq: reset?.offset ?? prevOffset, ...last, change }));
  }
  return pushes;
}

interface PlacedChange {
  readonly channel: string;
  readonly prevSeq: number;
  readonly offset: number;
  readonly timestamp: EpochMs;
  readonly change: BookChange;
}

function bookPush({ channel, prevSeq, offset, timestamp, change }: PlacedChange): Push {
  const { instrumentId: symbol, kind, bids, asks, sequence } = change;
  return {
    event: 'orderbook:update',
    payload: {
      ...{ channel, seq: offset, prevSeq, timestamp },
      ...{ symbol, kind, bids: [...bids], asks: [...asks], sequence },
    },
  };
}

function mergeDeltas(deltas: readonly BookChange[], last: BookChange): BookChange {
  if (deltas.length === 1) return last;
  return {
    ...last,
    bids: lastWrites(deltas.map((delta) => delta.bids)),
    asks: lastWrites(deltas.map((delta) => delta.asks)),
  };
}

function lastWrites(sides: readonly (readonly BookLevel[])[]): BookLevel[] {
  const sizes = new Map<number, number>();
  for (const levels of sides) for (const [price, size] of levels) sizes.set(price, size);
  return [...sizes];
}
