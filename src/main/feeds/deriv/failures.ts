import type { Failure } from '#contract/errors.ts';
import type { DerivError } from './messages.ts';

/** Why a request has no answer, as far as it matters what is done about it. */
export interface DerivFailure {
  readonly kind:
    | 'marketClosed'
    | 'unknownSymbol'
    | 'alreadySubscribed'
    | 'rateLimited'
    /** No answer in time, or the connection ended before it. */
    | 'unanswered'
    /** Any other error of Deriv's, or an answer that cannot be read. */
    | 'refused';
  readonly failure: Failure;
}

/** Deriv's `error` object, in a sentence for the user. */
export function failureOf({ code, message }: DerivError): DerivFailure {
  switch (code) {
    case 'MarketIsClosed':
      return failed('marketClosed', 'unavailable', 'The market is closed.');
    case 'InvalidSymbol':
      return failed('unknownSymbol', 'unknown_instrument', `Deriv says: ${sentence(message)}`);
    case 'AlreadySubscribed':
      return failed('alreadySubscribed', 'conflict', 'Deriv sends these ticks already.');
    case 'RateLimit':
      return failed('rateLimited', 'rate_limited', 'Deriv refuses further calls for a while.');
    case 'InvalidAppID':
      return failed('refused', 'unauthorized', 'Deriv does not accept this app id.');
    default:
      return failed('refused', 'unavailable', `Deriv says: ${sentence(message)} (${code})`);
  }
}

export const unanswered = (message: string): DerivFailure =>
  failed('unanswered', 'unavailable', message);

export const unreadable = (reason: string): DerivFailure =>
  failed('refused', 'unavailable', `Deriv gave an answer that cannot be read: ${reason}.`);

/** Why no connection came about: an HTTP status, or the code of a system error. */
export function refusedDial(status: number): DerivFailure {
  if (status === 429) {
    return failed('rateLimited', 'rate_limited', 'Deriv refuses further connections for a while.');
  }
  if (status === 451) {
    return failed('refused', 'unavailable', 'Deriv does not serve this region (status 451).');
  }
  if (status === 401 || status === 403) {
    return failed('refused', 'unauthorized', `Deriv refuses the connection (status ${status}).`);
  }
  return failed('refused', 'unavailable', `Deriv does not accept connections (status ${status}).`);
}

function failed(kind: DerivFailure['kind'], code: Failure['code'], message: string): DerivFailure {
  return { kind, failure: { code, message } };
}

const MOST_CHARACTERS = 200;
const sentence = (message: string): string => {
  const text = message.trim().slice(0, MOST_CHARACTERS);
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
