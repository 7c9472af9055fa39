/** An instrument of the recording, as `GET /api/v5/public/instruments` tells of it. */
interface OkxInstrument {
  /** ccxt's unified symbol. */
  readonly symbol: string;
  readonly details: Readonly<Record<string, string>> & {
    readonly instId: string;
    readonly instType: string;
  };
}

const common = {
  alias: '',
  category: '1',
  ctMult: '',
  expTime: '',
  instFamily: '',
  lever: '10',
  optType: '',
  state: 'live',
  stk: '',
};

export const OKX_INSTRUMENTS: readonly OkxInstrument[] = [
  {
    symbol: 'BTC/USDT',
    details: {
      ...common,
      instType: 'SPOT',
      instId: 'BTC-USDT',
      baseCcy: 'BTC',
      quoteCcy: 'USDT',
      settleCcy: '',
      ctType: '',
      ctVal: '',
      ctValCcy: '',
      listTime: '1548133413000',
      lotSz: '0.00000001',
      minSz: '0.00001',
      tickSz: '0.1',
      uly: '',
    },
  },
  {
    symbol: 'BTC/USD:BTC-220527',
    details: {
      ...common,
      alias: 'next_week',
      instType: 'FUTURES',
      instId: 'BTC-USD-220527',
      baseCcy: '',
      quoteCcy: '',
      settleCcy: 'BTC',
      ctMult: '1',
      ctType: 'inverse',
      ctVal: '100',
      ctValCcy: 'USD',
      expTime: '1653638400000',
      listTime: '1652429400000',
      lotSz: '1',
      minSz: '1',
      tickSz: '0.1',
      uly: 'BTC-USD',
      instFamily: 'BTC-USD',
    },
  },
  {
    symbol: 'UNI/USD:UNI',
    details: {
      ...common,
      instType: 'SWAP',
      instId: 'UNI-USD-SWAP',
      baseCcy: '',
      quoteCcy: '',
      settleCcy: 'UNI',
      ctMult: '1',
      ctType: 'inverse',
      ctVal: '10',
      ctValCcy: 'USD',
      listTime: '1611917828000',
      lotSz: '1',
      minSz: '1',
      tickSz: '0.001',
      uly: 'UNI-USD',
      instFamily: 'UNI-USD',
    },
  },
];

/**
 * What a size at a price is in the base currency. Sizes of contracts are in contracts; the inverse
 * ones here are worth a fixed number of dollars each.
 */
export function baseSize(instId: string, size: string, price: string): number {
  const instrument = OKX_INSTRUMENTS.find(({ details }) => details.instId === instId);
  const value = Number(instrument?.details['ctVal'] ?? 0);
  return value === 0
    ? Number(size)
    : Number(((Number(size) * value) / Number(price)).toPrecision(12));
}

/** The unified symbol of OKX's `instId`; the id itself where it is unknown. */
export const symbolOf = (instId: string): string =>
  OKX_INSTRUMENTS.find(({ details }) => details.instId === instId)?.symbol ?? instId;
