import * as ccxt from 'ccxt';
import type { Failure } from '#contract/errors.ts';
import type { Exchange } from '#domain/instrument.ts';
import { networkCause, plainWords, statusOf } from './plain-words.ts';

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

/** An exchange as ccxt calls it, and as it calls itself. */
export interface NamedExchange {
  readonly id: Exchange;
  readonly name: string;
}

/** Every error that ccxt throws, or that is thrown in its handlers, comes through here. */
export function troubleOf(error: unknown, exchange: NamedExchange): Trouble {
  const text = error instanceof Error ? error.message : String(error);
  const { name } = exchange;
  const words = plainWords(text, exchange.id);
  const status = statusOf(text);
  if (error instanceof ccxt.RestrictedLocation || status === '451') {
    const message = `${name} does not serve this place (451): it refuses connections from your country or network.`;
    return { kind: 'geoBlocked', failure: { code: 'unavailable', message } };
  }
  if (error instanceof ccxt.InvalidNonce) {
    const message = `${name}: the book does not fit what came before (${words}).`;
    return { kind: 'badBook', failure: { code: 'unavailable', message } };
  }
  if (isRateLimit(error, status)) {
    const message = `${name} asks to slow down${status ? ` (${status})` : ''}.`;
    return { kind: 'rateLimited', failure: { code: 'rate_limited', message } };
  }
  if (status === '403') {
    const message = `${name} refuses this connection (403).`;
    return { kind: 'geoBlocked', failure: { code: 'unavailable', message } };
  }
  if (NOT_OFFERED.some((Kind) => error instanceof Kind)) {
    const message = asSentence(`${name} does not offer this: ${words}`);
    return { kind: 'notOffered', failure: { code: 'bad_request', message } };
  }
  if (error instanceof ccxt.BaseError) {
    const message = outOfReach(error, { name, text, words });
    return { kind: 'network', failure: { code: 'unavailable', message } };
  }
  const message = asSentence(`${name} sent what could not be understood: ${words}`);
  return { kind: 'unreadable', failure: { code: 'unavailable', message } };
}

/** There, but not as it should be, is told from not there. */
function outOfReach(
  error: ccxt.BaseError,
  { name, text, words }: { readonly name: string; readonly text: string; readonly words: string },
): string {
  if (!(error instanceof ccxt.NetworkError)) {
    return asSentence(`${name} answers with an error: ${words}`);
  }
  const cause = networkCause(text);
  return asSentence(`${name} cannot be reached${cause === null ? `: ${words}` : ` (${cause})`}`);
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

const asSentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
