import type { Liquidation as CcxtLiquidation, MarketInterface } from 'ccxt';
import type { Liquidation } from '#domain/liquidation.ts';
import type { EpochMs } from '#domain/units.ts';
import { isExchangeTime, isTradedSize, type MarketScale, shown } from './market-scale.ts';
import { type Read, refuse } from './read-market.ts';

/** A forced order as it was told, not looked at yet; `amount` as ccxt counts amounts of the market. */
export interface ForcedOrder {
  /** Of the order. */
  readonly side: unknown;
  readonly price: unknown;
  readonly amount: unknown;
  readonly timestamp: unknown;
}

type Told = Pick<CcxtLiquidation, 'info' | 'price' | 'contracts' | 'side' | 'timestamp'>;
/** The forced orders that one of ccxt's liquidations stands for. */
export type ForcedOrderReader = (told: Told) => readonly ForcedOrder[];

const asTold = ({ price, contracts, side, timestamp }: Told): ForcedOrder => ({
  ...{ side, price, timestamp },
  amount: contracts,
});

/**
 * Binance tells an order's last fill (`l`) and all of it (`z`); its average price is of all.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams
 */
export const binanceForcedOrders: ForcedOrderReader = (told) => [
  { ...asTold(told), amount: numberOf(fieldOf(told.info, 'z')) },
];

/**
 * Bybit's side is the position's, and the price that at which it was bankrupt.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation
 */
export const bybitForcedOrders: ForcedOrderReader = (told) => {
  const sides: Readonly<Record<string, string>> = { buy: 'sell', sell: 'buy' };
  return [{ ...asTold(told), side: sides[String(told.side)] }];
};

/**
 * OKX tells several orders of an instrument at once, of which ccxt reads the first.
 * https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
 */
export const okxForcedOrders: ForcedOrderReader = ({ info }) => {
  const details = fieldOf(info, 'details');
  if (!Array.isArray(details)) return [];
  return details.map((each: unknown) => ({
    side: fieldOf(each, 'side'),
    price: numberOf(fieldOf(each, 'bkPx')),
    amount: numberOf(fieldOf(each, 'sz')),
    timestamp: numberOf(fieldOf(each, 'ts')),
  }));
};

/** Whether the exchange tells of forced orders on this market, so that we know how to read them. */
export const tellsLiquidations = (
  reader: ForcedOrderReader | undefined,
  { contract, option }: Pick<MarketInterface, 'contract' | 'option'>,
): boolean => reader !== undefined && contract === true && option !== true;

export function readLiquidation(
  { side, price, amount, timestamp }: ForcedOrder,
  instrumentId: Liquidation['instrumentId'],
  receivedTime: EpochMs,
  { isPrice, baseSize }: MarketScale,
): Read<Liquidation> {
  if (!isPrice(price)) return refuse(`a liquidation: the price ${shown(price)} is not a price`);
  if (!isTradedSize(amount)) {
    return refuse(`a liquidation: the size ${shown(amount)} is not a size`);
  }
  const size = baseSize(amount, price);
  if (!isTradedSize(size)) return refuse(`a liquidation: ${amount} at ${price} comes to no size`);
  if (side !== 'buy' && side !== 'sell') return refuse('a liquidation has no side');
  if (!isExchangeTime(timestamp)) {
    return refuse(`a liquidation: the time ${shown(timestamp)} is not in epoch milliseconds`);
  }
  return {
    ok: true,
    value: { instrumentId, side, price, size, eventTime: timestamp, receivedTime },
  };
}

const fieldOf = (raw: unknown, name: string): unknown =>
  typeof raw === 'object' && raw !== null ? Reflect.get(raw, name) : undefined;

/** Exchanges write numbers as text. */
const numberOf = (value: unknown): number =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
