import type { WireTrade } from '#contract/model.ts';
import type { Trade } from '#domain/trade.ts';

/** A trade as a request answers it. */
export const toWireTrade = (trade: Trade): WireTrade => ({
  id: trade.id,
  price: trade.price,
  size: trade.size,
  side: trade.aggressorSide,
  timestamp: trade.eventTime,
});
