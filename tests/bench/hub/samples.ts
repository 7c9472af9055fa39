import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { Ticker } from '#domain/ticker.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** Invented data in the real shapes, so that all servers send messages of the same size. */

export const SYMBOLS = 20;
export const symbolId = (index: number): InstrumentId =>
  instrumentId('bench', `S${index % SYMBOLS}/USDT`);
export const botId = (index: number): string => `bot${index}`;

export const tickerOf = (index: number, dueMs: number): Ticker => ({
  instrumentId: symbolId(index),
  lastPrice: (60_000 + (index % 1_000) / 100) as Price,
  bidPrice: (59_999 + (index % 1_000) / 100) as Price,
  askPrice: (60_001 + (index % 1_000) / 100) as Price,
  volume: 12_345.678,
  changePercent: -1.25,
  highPrice: 61_000 as Price,
  lowPrice: 59_000 as Price,
  eventTime: dueMs as EpochMs,
});

export const tradeOf = (index: number, dueMs: number): Trade => ({
  instrumentId: symbolId(index),
  id: String(index),
  price: (60_000 + (index % 1_000) / 100) as Price,
  size: 0.125 as Size,
  aggressorSide: index % 2 === 0 ? 'buy' : 'sell',
  eventTime: dueMs as EpochMs,
  receivedTime: dueMs as EpochMs,
});

const decimalText = (text: string) => text as DecimalString;

/** `sequence` counts the fills of this bot from one. */
export const fillOf = (bot: string, sequence: number, dueMs: number): Fill => ({
  id: `${bot}-f${sequence}`,
  botId: bot,
  orderId: `${bot}-o${sequence}`,
  instrumentId: symbolId(0),
  side: 'buy',
  quantity: decimalText('0.05'),
  price: decimalText('60000.01'),
  fee: decimalText('0.3'),
  feeCurrency: 'USDT',
  liquidity: 'maker',
  realizedPnl: decimalText('1.25'),
  eventTime: dueMs as EpochMs,
});

/** What every server sends for a ticker: the hub's own payload. */
export const pricePayload = (ticker: Ticker, seq: number) => ({
  channel: `symbol:${ticker.instrumentId}:ticker`,
  seq,
  timestamp: ticker.eventTime,
  symbol: ticker.instrumentId,
  price: ticker.lastPrice,
  bid: ticker.bidPrice,
  ask: ticker.askPrice,
  volume: ticker.volume,
  change24h: ticker.changePercent,
  high24h: ticker.highPrice,
  low24h: ticker.lowPrice,
  eventTime: ticker.eventTime,
});

export const fillPayload = (fill: Fill, seq: number) => ({
  channel: `bot:${fill.botId}:trades`,
  seq,
  timestamp: fill.eventTime,
  botId: fill.botId,
  trade: fill,
});

export const tradePayload = (trade: Trade, seq: number) => ({
  channel: `symbol:${trade.instrumentId}:trades`,
  seq,
  timestamp: trade.eventTime,
  symbol: trade.instrumentId,
  trades: [
    {
      id: trade.id,
      price: trade.price,
      size: trade.size,
      side: trade.aggressorSide,
      eventTime: trade.eventTime,
    },
  ],
});
