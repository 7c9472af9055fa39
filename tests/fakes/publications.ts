import type { BookChange, Publishable } from '#contract/publications.ts';
import type { BotStatus } from '#domain/bot.ts';
import type { Candle } from '#domain/candle.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { instrumentId } from '#domain/instrument.ts';
import { submittedOrder } from '#domain/order.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** Invented publications of one instrument and one bot, told apart by a number. */
export const SAMPLE_ID = instrumentId('demo', 'BTC/USDT');
export const SAMPLE_TIME = 1_700_000_000_000 as EpochMs;
const money = (text: string) => text as DecimalString;

export const sampleTrade = (id: number, instrumentId = SAMPLE_ID): Publishable => ({
  of: 'trade',
  trade: {
    instrumentId,
    id: String(id),
    price: 100 as Price,
    size: 1 as Size,
    aggressorSide: 'buy',
    eventTime: SAMPLE_TIME,
    receivedTime: SAMPLE_TIME,
  },
});

export const sampleTicker = (lastPrice: number): Publishable => ({
  of: 'ticker',
  ticker: {
    instrumentId: SAMPLE_ID,
    lastPrice: lastPrice as Price,
    bidPrice: null,
    askPrice: null,
    volume: 12,
    changePercent: -1.5,
    highPrice: lastPrice as Price,
    lowPrice: lastPrice as Price,
    eventTime: SAMPLE_TIME,
  },
});

export const sampleCandle = (openTime: number, fields: Partial<Candle> = {}): Publishable => ({
  of: 'candle',
  instrumentId: SAMPLE_ID,
  interval: '1m',
  candle: {
    openTime: openTime as EpochMs,
    open: 1 as Price,
    high: 1 as Price,
    low: 1 as Price,
    close: 1 as Price,
    volume: 0,
    buyVolume: 0,
    tradeCount: 0,
    isClosed: false,
    ...fields,
  },
});

export const sampleBook = (
  kind: BookChange['kind'],
  sequence: number | null,
  sides: Partial<Pick<BookChange, 'bids' | 'asks'>> = {},
): Publishable & { of: 'book' } => ({
  of: 'book',
  change: { instrumentId: SAMPLE_ID, kind, bids: [], asks: [], sequence, ...sides },
});

export const sampleLog = (message: string, botId = 'b1'): Publishable => ({
  of: 'botLog',
  entry: { botId, level: 'info', message, time: SAMPLE_TIME },
});

export const sampleStatus = (botId: string, state: BotStatus['state']): Publishable => ({
  of: 'botStatus',
  status: {
    botId,
    state,
    pausedBy: null,
    error: null,
    reason: null,
    equity: money('1000'),
    cash: money('900.5'),
    realizedPnl: money('0'),
    unrealizedPnl: money('-0.25'),
    fees: money('0.1'),
    drawdown: money('0.5'),
    maxDrawdown: money('2'),
    pnlToday: money('-0.25'),
    openOrders: 2,
    fillCount: 1,
    lastFillTime: null,
  },
});

export const sampleFill = (id: string, botId = 'b1'): Publishable => ({
  of: 'fill',
  fill: {
    id,
    botId,
    orderId: 'o1',
    instrumentId: SAMPLE_ID,
    side: 'buy',
    quantity: money('0.5'),
    price: money('100'),
    fee: money('0.05'),
    feeCurrency: 'USDT',
    liquidity: 'maker',
    realizedPnl: money('0'),
    eventTime: SAMPLE_TIME,
  },
});

export const samplePosition = (botId = 'b1'): Publishable => ({
  of: 'position',
  position: {
    botId,
    instrumentId: SAMPLE_ID,
    quantity: money('0.5'),
    cost: money('50'),
    averagePrice: money('100'),
    realizedPnl: money('0'),
    fees: money('0.05'),
    updatedTime: SAMPLE_TIME,
    unrealizedPnl: money('1.5'),
  },
});

export const sampleOrder = (id: string, botId = 'b1'): Publishable => ({
  of: 'order',
  order: {
    ...submittedOrder(
      { type: 'limit', side: 'sell', quantity: money('1'), limitPrice: money('101') },
      { id, botId, instrumentId: SAMPLE_ID },
      SAMPLE_TIME,
    ),
    status: 'accepted',
  },
});

export const sampleNotification = (id: string, userId: string): Publishable => ({
  of: 'notification',
  userId,
  notification: {
    id,
    kind: 'fill',
    severity: 'info',
    title: 'Bought',
    body: '0.5 BTC at 100',
    source: { botId: 'b1', fillId: 'f1' },
    read: false,
    createdTime: SAMPLE_TIME,
  },
});
