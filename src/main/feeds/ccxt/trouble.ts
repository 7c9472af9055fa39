import * as ccxt from 'ccxt';
import type { Failure } from '#contract/errors.ts';
import type { Exchange } from '#domain/instrument.ts';

/** What an error of ccxt means for us. */
type TroubleKind =
  /** The book cannot be trusted: gap, bad checksum. */
  | 'badBook'
  | 'rateLimited'
  /** The exchange refuses people from here. */
  | 'geoBlocked'
  | 'network'
  /** Not there at all, or not without an account: asking again cannot help. */
  | 'notOffered'
  /** A frame or an answer that could not be understood. */
  | 'unreadable';

export interface Trouble {
  readonly kind: TroubleKind;
  /** One sentence for the user. */
  readonly failure: Failure;
}

const MOST_QUOTED = 200;
/** How a refused WebSocket upgrade and a refused request are told: `… response: 451`, `… 451 Unavailable …`. */
const STATUS = /(?:response: |\s|^)(4(?:03|18|29|51))\b/;

/** Every error that ccxt throws, or that is thrown in its handlers, comes through here. */
export function troubleOf(error: unknown, exchange: Exchange): Trouble {
  const quoted = quote(error, exchange);
  const status = STATUS.exec(quoted)?.[1];
  if (error instanceof ccxt.RestrictedLocation || status === '451') {
    const message = `${exchange} does not serve this place (451): it refuses connections from your country or network.`;
    return { kind: 'geoBlocked', failure: { code: 'unavailable', message } };
  }
  if (error instanceof ccxt.InvalidNonce) {
    const message = `${exchange}: the book does not fit what came before (${quoted})`;
    return { kind: 'badBook', failure: { code: 'unavailable', message } };
  }
  if (isRateLimit(error, status)) {
    const message = `${exchange} asks to slow down${status ? ` (${status})` : ''}.`;
    return { kind: 'rateLimited', failure: { code: 'rate_limited', message } };
  }
  if (status === '403') {
    const message = `${exchange} refuses this connection (403).`;
    return { kind: 'geoBlocked', failure: { code: 'unavailable', message } };
  }
  if (NOT_OFFERED.some((Kind) => error instanceof Kind)) {
    const message = `${exchange} does not offer this: ${quoted}`;
    return { kind: 'notOffered', failure: { code: 'bad_request', message } };
  }
  if (error instanceof ccxt.BaseError) {
    const message = `${exchange} cannot be reached: ${quoted}`;
    return { kind: 'network', failure: { code: 'unavailable', message } };
  }
  const message = `${exchange} sent what could not be understood: ${quoted}`;
  return { kind: 'unreadable', failure: { code: 'unavailable', message } };
}

const NOT_OFFERED = [
  ccxt.NotSupported,
  ccxt.AuthenticationError,
  ccxt.BadRequest,
  ccxt.ArgumentsRequired,
];

const isRateLimit = (error: unknown, status: string | undefined): boolean =>
  error instanceof ccxt.RateLimitExceeded ||
  error instanceof ccxt.DDoSProtection ||
  status === '429' ||
  status === '418';

/** In one line, without the exchange's name that ccxt puts in front. */
function quote(error: unknown, exchange: Exchange): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  const bare = text.startsWith(`${exchange} `) ? text.slice(exchange.length + 1) : text;
  return bare.slice(0, MOST_QUOTED);
}
