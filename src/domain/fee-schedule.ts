import type { Exchange, Instrument } from './instrument.ts';

/** Basis points of the value traded; a negative one is a rebate. */
export interface FeeSchedule {
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
}

type Market = 'spot' | 'contracts';

/**
 * The lowest tier of each exchange's public fee schedule, for instruments that do not tell their own
 * (a tape knows trades only). They change: what the exchange says itself goes before.
 * - Binance: https://www.binance.com/en/fee/schedule, https://www.binance.com/en/fee/futureFee
 * - Bybit: https://www.bybit.com/en/help-center/article/Trading-Fee-Structure
 * - Coinbase: https://help.coinbase.com/en/exchange/trading-and-funding/exchange-fees
 * - Kraken: https://www.kraken.com/features/fee-schedule
 * - OKX: https://www.okx.com/fees
 * - Deriv: none beside the spread, https://deriv.com/trading-specifications
 */
const SCHEDULES: Readonly<Record<Exchange, Readonly<Record<Market, FeeSchedule>>>> = {
  binance: { spot: fees(10, 10), contracts: fees(2, 5) },
  bybit: { spot: fees(10, 10), contracts: fees(2, 5.5) },
  coinbase: { spot: fees(60, 120), contracts: fees(0, 3) },
  deriv: { spot: fees(0, 0), contracts: fees(0, 0) },
  kraken: { spot: fees(25, 40), contracts: fees(2, 5) },
  okx: { spot: fees(8, 10), contracts: fees(2, 5) },
};

/** Of an exchange that is not known here: what a large one takes of spot trades. */
const USUAL = fees(10, 10);

function fees(makerFeeBps: number, takerFeeBps: number): FeeSchedule {
  return { makerFeeBps, takerFeeBps };
}

/** What trading an instrument costs where nobody has said otherwise. */
export function feesOf({ exchange, symbol, ...told }: TermsOfFees): FeeSchedule {
  const market = symbol.includes(':') ? 'contracts' : 'spot';
  const usual = SCHEDULES[exchange]?.[market] ?? USUAL;
  return {
    makerFeeBps: told.makerFeeBps ?? usual.makerFeeBps,
    takerFeeBps: told.takerFeeBps ?? usual.takerFeeBps,
  };
}

type TermsOfFees = Pick<Instrument, 'exchange' | 'symbol' | 'makerFeeBps' | 'takerFeeBps'>;
