import { type Result, succeed } from '#contract/errors.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { Exchange, Instrument } from '#domain/instrument.ts';
import { searchInstruments } from '#domain/instrument-search.ts';
import { DEMO_EXCHANGE, DEMO_INSTRUMENTS } from '#main/feeds/demo/demo-instruments.ts';
import { DERIV_EXCHANGE } from '#main/feeds/deriv/instruments.ts';

type Found = Promise<Result<readonly Instrument[]>>;

/** Whoever knows the exchanges. */
interface Exchanges {
  exchanges(): Promise<Result<readonly { readonly id: Exchange; readonly name: string }[]>>;
  search(exchange: Exchange, text: string, limit: number): Found;
  searchKnown(text: string, limit: number): Found;
}

interface DerivOffers {
  search(text: string, limit: number): Found;
  searchKnown(text: string, limit: number): readonly Instrument[];
}

interface ExchangeRooms {
  readonly exchanges: Exchanges;
  readonly derivMarkets: DerivOffers;
  readonly watchlist: { instruments(): readonly Instrument[] };
}

/** Those that ccxt knows nothing of. */
const OF_OUR_OWN = [
  { id: DEMO_EXCHANGE, name: 'Demo', specPrefix: 'demo' },
  { id: DERIV_EXCHANGE, name: 'Deriv', specPrefix: 'deriv:' },
];

/** The requests about what could be watched. */
export const exchangeHandlers = (rooms: ExchangeRooms) => ({
  'exchanges.list': async (): Promise<Result<RequestResult<'exchanges.list'>>> => {
    const listed = await rooms.exchanges.exchanges();
    if (!listed.ok) return listed;
    const ofCcxt = listed.value.map(({ id, name }) => ({ id, name, specPrefix: `ccxt:${id}:` }));
    return succeed({ exchanges: [...OF_OUR_OWN, ...ofCcxt] });
  },
  'instruments.search': async (
    params: RequestParams<'instruments.search'>,
  ): Promise<Result<RequestResult<'instruments.search'>>> => {
    const found = await search(rooms, params);
    return found.ok ? succeed({ instruments: found.value.slice(0, params.limit) }) : found;
  },
});

function search(
  rooms: ExchangeRooms,
  { exchange, text, limit }: RequestParams<'instruments.search'>,
): Found {
  switch (exchange) {
    case undefined:
      return searchEverywhere(rooms, text, limit);
    case DEMO_EXCHANGE:
      return Promise.resolve(succeed(demoInstruments(text)));
    case DERIV_EXCHANGE:
      return rooms.derivMarkets.search(text, limit);
    default:
      return rooms.exchanges.search(exchange, text, limit);
  }
}

/** What is watched comes first, in its order; of the others those that nobody has to be asked for. */
async function searchEverywhere(
  { exchanges, derivMarkets, watchlist }: ExchangeRooms,
  text: string,
  limit: number,
): Found {
  const watched = searchInstruments(watchlist.instruments(), text);
  const ofCcxt = await exchanges.searchKnown(text, limit);
  if (!ofCcxt.ok) return ofCcxt;
  const offered = [...demoInstruments(text), ...derivMarkets.searchKnown(text, limit)];
  const others = searchInstruments([...offered, ...ofCcxt.value], text);
  const each = new Map([...watched, ...others].map((one) => [one.id, one]));
  return succeed([...each.values()]);
}

const demoInstruments = (text: string): readonly Instrument[] =>
  searchInstruments(
    DEMO_INSTRUMENTS.map(({ instrument }) => instrument),
    text,
  );
