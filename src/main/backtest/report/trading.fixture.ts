import { type Decimal, type DecimalString, decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { instrumentId } from '#domain/instrument.ts';
import { applyExecution, cashFlowOf, flatPosition, type Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';

export interface InventedFill {
  readonly time: number;
  readonly order?: string;
  readonly side: Fill['side'];
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
}

export interface TradingStep {
  readonly fill: Fill;
  readonly position: Position;
  readonly cash: Decimal;
}

export const INITIAL_CASH = '1000' as DecimalString;
export const INSTRUMENT_ID = instrumentId('demo', 'BTC/USDT');

/** What an account makes of invented fills. */
export function tradingOf(fills: readonly InventedFill[]): TradingStep[] {
  let position = flatPosition('b', INSTRUMENT_ID, 0 as EpochMs);
  let cash = decimal(INITIAL_CASH);
  return fills.map(({ time, order, side, quantity, price, fee }, index) => {
    const execution = {
      side,
      quantity: quantity as DecimalString,
      price: price as DecimalString,
      fee: fee as DecimalString,
      eventTime: time as EpochMs,
    };
    const booked = applyExecution(position, execution);
    position = booked.position;
    cash = cash.plus(cashFlowOf(execution));
    const fill: Fill = {
      ...execution,
      ...{ id: `b-f${index + 1}`, botId: 'b', orderId: order ?? `b-${index + 1}` },
      ...{ instrumentId: INSTRUMENT_ID, feeCurrency: 'USDT', liquidity: 'taker' },
      realizedPnl: booked.realizedPnl,
    };
    return { fill, position, cash };
  });
}
