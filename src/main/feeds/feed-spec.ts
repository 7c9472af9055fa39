import { fail, type Result, succeed } from '#contract/errors.ts';
import { parseRange, type SaidRange } from '#contract/time-range.ts';
import { type Exchange, type InstrumentId, isInstrumentId, isSymbol } from '#domain/instrument.ts';

/** Times the pace of the recording, or as fast as it can be read. */
export type ReplaySpeed = number | 'max';

/** What a user asks a feed to be. */
export type FeedSpec =
  /** `exchange` is ccxt's id of it, `symbols` are unified ones. */
  | { readonly kind: 'ccxt'; readonly exchange: Exchange; readonly symbols: readonly string[] }
  | { readonly kind: 'demo'; readonly seed: number }
  /** Symbols as Deriv names them: `R_100`. */
  | { readonly kind: 'deriv'; readonly symbols: readonly string[] }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: ReplaySpeed }
  | {
      readonly kind: 'replayTape';
      readonly range: SaidRange;
      /** None: all that were recorded of exchanges. */
      readonly instruments: readonly InstrumentId[];
      readonly speed: ReplaySpeed;
    };

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

/** Of the tape: `FROM..TO`, of some instruments where they lead. A file whose name reads so is told by its folder, `./`. */
const STRETCH = /^(?:([^@]+)@)?([^@]*\.\.[^@]*)$/;

const SUPPORTED =
  'Supported are demo, demo@SEED, ccxt:EXCHANGE:SYMBOLS, deriv:SYMBOLS and replay:FILE_OR_RANGE[@SPEED].';

/**
 * Reads `demo`, `demo@7`, `ccxt:binance:BTC/USDT,ETH/USDT`, `deriv:R_100,R_50`; of a recording `replay:FILE`,
 * `replay:FILE@10`, `replay:FILE@0.5x`, `replay:FILE@max`; of the tape `replay:2025-01-31..2025-02-01`,
 * `replay:binance:BTC/USDT@..@max`.
 */
export function parseFeedSpec(text: string): Result<FeedSpec> {
  const spec = text.trim();
  const demo = DEMO.exec(spec);
  if (demo) return succeed({ kind: 'demo', seed: Number(demo[1] ?? DEFAULT_SEED) });
  const rest = REPLAY.exec(spec)?.[1];
  if (rest !== undefined) return parseReplay(rest);
  if (spec === 'replay' || spec === 'replay:') {
    return fail(
      'invalid_payload',
      'A replay needs a file, or a range of the tape: replay:FILE_OR_RANGE[@SPEED].',
    );
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
  const [, what = rest, speedText = String(DEFAULT_SPEED)] = SPEED_SUFFIX.exec(rest) ?? [];
  const speed = speedText === 'max' ? 'max' : Number(speedText);
  if (speed === 0) return fail('invalid_payload', 'A replay needs a speed above zero.');
  const stretch = stretchOf(what);
  return succeed(
    stretch === null
      ? { kind: 'replay', file: what, speed }
      : { kind: 'replayTape', ...stretch, speed },
  );
}

/** Null for what can only be a file's name. */
function stretchOf(
  text: string,
): Pick<FeedSpec & { kind: 'replayTape' }, 'range' | 'instruments'> | null {
  const [, names = '', rangeText] = STRETCH.exec(text) ?? [];
  if (rangeText === undefined) return null;
  const range = parseRange(rangeText);
  const instruments = names.split(',').filter((name) => name !== '');
  return range.ok && instruments.every(isInstrumentId) ? { range: range.value, instruments } : null;
}
