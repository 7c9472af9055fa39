import { fail, type Result, succeed } from '#contract/errors.ts';
import { type Exchange, isSymbol } from '#domain/instrument.ts';

/** Times the pace of the recording, or as fast as it can be read. */
export type ReplaySpeed = number | 'max';

/** What a user asks a feed to be. */
export type FeedSpec =
  /** `exchange` is ccxt's id of it, `symbols` are unified ones. */
  | { readonly kind: 'ccxt'; readonly exchange: Exchange; readonly symbols: readonly string[] }
  | { readonly kind: 'demo'; readonly seed: number }
  /** Symbols as Deriv names them: `R_100`. */
  | { readonly kind: 'deriv'; readonly symbols: readonly string[] }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: ReplaySpeed };

const DEFAULT_SEED = 1;
const DEFAULT_SPEED = 1;
const DEMO = /^demo(?:@(\d{1,9}))?$/;
const REPLAY = /^replay:(.+)$/s;
const DERIV = /^deriv(?::(.*))?$/s;
const CCXT = /^ccxt(?::([^:]*)(?::(.*))?)?$/s;
const EXCHANGE = /^[a-z][a-z0-9_]{0,31}$/;
const MOST_CCXT_SYMBOLS = 200;
const MOST_DERIV_SYMBOLS = 100;
/** A file's name may hold an `@` of its own: only what reads as a speed is one. */
const SPEED_SUFFIX = /^(.+)@(max|\d{1,6}(?:\.\d{1,6})?)x?$/s;

const SUPPORTED =
  'Supported are demo, demo@SEED, ccxt:EXCHANGE:SYMBOLS, deriv:SYMBOLS and replay:FILE[@SPEED].';

/** Reads `demo`, `demo@7`, `replay:FILE`, `replay:FILE@10`, `replay:FILE@0.5x`, `replay:FILE@max`, `ccxt:binance:BTC/USDT,ETH/USDT`, `deriv:R_100,R_50`. */
export function parseFeedSpec(text: string): Result<FeedSpec> {
  const spec = text.trim();
  const demo = DEMO.exec(spec);
  if (demo) return succeed({ kind: 'demo', seed: Number(demo[1] ?? DEFAULT_SEED) });
  const rest = REPLAY.exec(spec)?.[1];
  if (rest !== undefined) return parseReplay(rest);
  if (spec === 'replay' || spec === 'replay:') {
    return fail('invalid_payload', 'A replay needs a file: replay:FILE[@SPEED].');
  }
  const ccxt = CCXT.exec(spec);
  if (ccxt) return parseCcxt(ccxt[1] ?? '', ccxt[2] ?? '');
  const deriv = DERIV.exec(spec);
  if (deriv) return parseDeriv(deriv[1] ?? '');
  return fail('invalid_payload', `"${spec.slice(0, 80)}" is not a feed. ${SUPPORTED}`);
}

/** Whether there is such an exchange, and such a market, is known only where ccxt is. */
function parseCcxt(exchange: string, rest: string): Result<FeedSpec> {
  if (!EXCHANGE.test(exchange)) {
    return fail(
      'invalid_payload',
      'ccxt needs an exchange and symbols, as in ccxt:binance:BTC/USDT,ETH/USDT.',
    );
  }
  const symbols = [...new Set(rest.split(',').map((symbol) => symbol.trim()))];
  const wrong = symbols.find((symbol) => !isSymbol(symbol));
  if (wrong === undefined && symbols.length <= MOST_CCXT_SYMBOLS) {
    return succeed({ kind: 'ccxt', exchange, symbols });
  }
  const reason = wrong ? `"${wrong.slice(0, 80)}" is no symbol` : 'symbols are missing or too many';
  return fail(
    'invalid_payload',
    `${exchange} needs its symbols, as in ccxt:${exchange}:BTC/USDT,ETH/USDT: ${reason}.`,
  );
}

/** Symbols that are named twice are taken once. */
function parseDeriv(rest: string): Result<FeedSpec> {
  const symbols = [...new Set(rest.split(',').map((symbol) => symbol.trim()))];
  if (symbols.length === 0 || symbols.length > MOST_DERIV_SYMBOLS || !symbols.every(isSymbol)) {
    return fail('invalid_payload', 'Deriv needs its symbols, as in deriv:R_100,frxEURUSD.');
  }
  return succeed({ kind: 'deriv', symbols });
}

function parseReplay(rest: string): Result<FeedSpec> {
  const [, file = rest, speedText] = SPEED_SUFFIX.exec(rest) ?? [];
  if (speedText === undefined) return succeed({ kind: 'replay', file, speed: DEFAULT_SPEED });
  const speed = speedText === 'max' ? 'max' : Number(speedText);
  if (speed === 0) return fail('invalid_payload', 'A replay needs a speed above zero.');
  return succeed({ kind: 'replay', file, speed });
}
