import type { Exchange } from 'ccxt';

/** ccxt's instance of one exchange. */
export type CcxtExchange = Exchange;
