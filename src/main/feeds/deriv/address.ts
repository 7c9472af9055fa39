import { fail, type Result, succeed } from '#contract/errors.ts';

/**
 * Deriv speaks two dialects of one protocol, at two addresses: the WebSocket API v3, which wants an app
 * id and is being retired, and the public market data of its successor. What is asked is the same in
 * both; the answers are spelled a little differently, and both spellings are read.
 */
const DEFAULT_URL = 'wss://api.derivws.com/trading/v1/options/ws/public';
const LEGACY_PATH = /\/websockets\/v3\/?$/;
/** Deriv's own, for testing and for software without a registration. */
const DEFAULT_APP_ID = '1089';

interface DerivConfig {
  readonly urls?: Readonly<Record<string, unknown>> | undefined;
}

/** The address in the exchange configuration: `{ "deriv": { "urls": { "ws": "wss://…" } } }`. */
export const derivUrl = (config?: DerivConfig): string =>
  String(config?.urls?.['ws'] ?? DEFAULT_URL);

/** The address to dial; a legacy one without an app id is given the default. */
export function derivAddress(text: string): Result<string> {
  if (!URL.canParse(text)) return notAnAddress(text);
  const url = new URL(text);
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') return notAnAddress(text);
  if (LEGACY_PATH.test(url.pathname) && !url.searchParams.has('app_id')) {
    url.searchParams.set('app_id', DEFAULT_APP_ID);
  }
  return succeed(url.href);
}

const notAnAddress = (text: string) =>
  fail('invalid_payload', `"${text.slice(0, 200)}" is not the address of a WebSocket (wss://…).`);
