import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { Exchange, Instrument } from '#domain/instrument.ts';
import { DEMO_EXCHANGE, DEMO_INSTRUMENTS } from '#main/feeds/demo/demo-instruments.ts';

/** Whoever knows the exchanges. */
interface Exchanges {
  exchanges(): Promise<Result<readonly { readonly id: Exchange; readonly name: string }[]>>;
  search(exchange: Exchange, text: string, limit: number): Promise<Result<readonly Instrument[]>>;
}

/** Those that ccxt knows nothing of. */
const OF_OUR_OWN = [
  { id: DEMO_EXCHANGE, name: 'Demo', specPrefix: 'demo' },
  { id: 'deriv', name: 'Deriv', specPrefix: 'deriv:' },
];

/** The requests about what could be watched. */
export const exchangeHandlers = ({ exchanges }: { readonly exchanges: Exchanges }) => ({
  'exchanges.list': async (): Promise<Result<RequestResult<'exchanges.list'>>> => {
    const listed = await exchanges.exchanges();
    if (!listed.ok) return listed;
    const ofCcxt = listed.value.map(({ id, name }) => ({ id, name, specPrefix: `ccxt:${id}:` }));
    return succeed({ exchanges: [...OF_OUR_OWN, ...ofCcxt] });
  },
  'instruments.search': async ({
    exchange,
    text,
    limit,
  }: RequestParams<'instruments.search'>): Promise<Result<RequestResult<'instruments.search'>>> => {
    if (exchange === 'deriv') {
      return fail('not_found', 'Deriv’s symbols cannot be searched; name them, as in deriv:R_100.');
    }
    const found =
      exchange === DEMO_EXCHANGE
        ? succeed(demoInstruments(text))
        : await exchanges.search(exchange, text, limit);
    return found.ok ? succeed({ instruments: found.value.slice(0, limit) }) : found;
  },
});

const demoInstruments = (text: string): readonly Instrument[] =>
  DEMO_INSTRUMENTS.map(({ instrument }) => instrument).filter(({ symbol }) =>
    symbol.includes(text.trim().toUpperCase()),
  );
