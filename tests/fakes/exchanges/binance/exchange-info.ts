import type { BinanceInstrument, BinanceMarketKind, InstrumentSteps } from './markets.ts';

/** One of `exchangeInfo`'s symbols, with the fields that are read of it in the wild. */
export function symbolRow(instrument: BinanceInstrument, { name }: BinanceMarketKind): unknown {
  const { id, symbol } = instrument;
  const [baseAsset = '', quoteAsset = ''] = symbol.split(':')[0]?.split('/') ?? [];
  return name === 'spot'
    ? spotRow(instrument, baseAsset, quoteAsset)
    : usdmRow(id, baseAsset, quoteAsset);
}

const BITCOIN_STEPS: InstrumentSteps = { tickSize: '0.01000000', stepSize: '0.00001000' };

const spotRow = (
  { id, steps = BITCOIN_STEPS }: BinanceInstrument,
  baseAsset: string,
  quoteAsset: string,
) => ({
  symbol: id,
  status: 'TRADING',
  baseAsset,
  baseAssetPrecision: 8,
  quoteAsset,
  quotePrecision: 8,
  quoteAssetPrecision: 8,
  baseCommissionPrecision: 8,
  quoteCommissionPrecision: 8,
  orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT'],
  icebergAllowed: true,
  ocoAllowed: true,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: true,
  filters: [
    {
      filterType: 'PRICE_FILTER',
      minPrice: steps.tickSize,
      maxPrice: '1000000.00',
      tickSize: steps.tickSize,
    },
    {
      filterType: 'LOT_SIZE',
      minQty: steps.stepSize,
      maxQty: '9000.00',
      stepSize: steps.stepSize,
    },
    { filterType: 'NOTIONAL', minNotional: '5.00000000', maxNotional: '9000000.00000000' },
  ],
  permissions: [],
  permissionSets: [['SPOT', 'MARGIN']],
});

const usdmRow = (symbol: string, baseAsset: string, quoteAsset: string) => ({
  symbol,
  pair: symbol,
  contractType: 'PERPETUAL',
  deliveryDate: 4_133_404_800_000,
  onboardDate: 1_569_398_400_000,
  status: 'TRADING',
  baseAsset,
  quoteAsset,
  marginAsset: quoteAsset,
  pricePrecision: 2,
  quantityPrecision: 3,
  baseAssetPrecision: 8,
  quotePrecision: 8,
  underlyingType: 'COIN',
  underlyingSubType: ['PoW'],
  filters: [
    { filterType: 'PRICE_FILTER', minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' },
    { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
    { filterType: 'MIN_NOTIONAL', notional: '100' },
  ],
  orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TRAILING_STOP_MARKET'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
});
