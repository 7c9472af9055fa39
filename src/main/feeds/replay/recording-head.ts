import { fail, type Result, succeed } from '#contract/errors.ts';
import { decimalsOf, type Instrument } from '#domain/instrument.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type {
  BinanceDepth,
  BinanceMessage,
  BinanceQuote,
  BinanceTrade,
} from '../binance/messages.ts';
import { type BinanceMarket, binanceInstrument } from '../binance/symbols.ts';
import { readRecording } from './recording.ts';

export const REPLAY_EXCHANGE = 'replay';
/** What is looked at to learn what a recording holds. */
const HEAD_LINES = 5_000;
/** Of 64 KiB: a file without line ends is not read through to find that out. */
const HEAD_CHUNKS = 500;

/** An instrument of a recording and how to recognise it there. */
export interface RecordedInstrument {
  /** The exchange's own name (`BTCUSDT`). */
  readonly name: string;
  readonly instrument: Instrument;
  /** Where single trades are recorded, too, aggregated ones would be the same trades once more. */
  readonly usesAggregateTrades: boolean;
}

/** What the head says of one symbol. */
interface Profile {
  readonly market: BinanceMarket;
  readonly priceDecimals: DecimalsCensus;
  readonly sizeDecimals: DecimalsCensus;
  hasSingleTrades: boolean;
}

/**
 * How many decimals an instrument's numbers have. One in a thousand may have more: orders older than
 * a change of the increment rest in real books.
 */
class DecimalsCensus {
  readonly #counts: number[] = [];
  #total = 0;

  add(value: number): void {
    const decimals = decimalsOf(value);
    this.#counts[decimals] = (this.#counts[decimals] ?? 0) + 1;
    this.#total++;
  }

  get usual(): number {
    let odd = this.#total;
    return this.#counts.findIndex((count = 0) => {
      odd -= count;
      return odd <= this.#total / 1_000;
    });
  }
}

/** Learns from the first lines which instruments a recording carries, and their increments. */
export async function readHead(file: string): Promise<Result<readonly RecordedInstrument[]>> {
  const opened = await readRecording(file);
  if (!opened.ok) return opened;
  const profiles = new Map<string, Profile>();
  let lines = 0;
  let chunks = 0;
  let firstProblem = '';
  for await (const entries of opened.value()) {
    for (const entry of entries) {
      if (entry.ok) observe(profiles, entry.value.message);
      else firstProblem ||= `line ${entry.line ?? '?'}: ${entry.reason}`;
    }
    lines += entries.length;
    if (lines >= HEAD_LINES || ++chunks >= HEAD_CHUNKS) break;
  }
  const found = [...profiles].flatMap(([name, profile]) => recordedInstrument(name, profile));
  if (found.length > 0) return succeed(found);
  const why = firstProblem === '' ? 'no known instrument in it' : firstProblem;
  return fail('invalid_payload', `${file} holds no recorded Binance market data (${why}).`);
}

function recordedInstrument(name: string, profile: Profile): RecordedInstrument[] {
  const { market, priceDecimals, sizeDecimals, hasSingleTrades } = profile;
  const decimals = { price: priceDecimals.usual, size: sizeDecimals.usual };
  const instrument = binanceInstrument(REPLAY_EXCHANGE, name, market, decimals);
  if (!instrument) return [];
  // Forced orders are too few to be looked for in the head.
  const told = market === 'usdm' ? { ...instrument, tellsLiquidations: true } : instrument;
  return [{ name, instrument: told, usesAggregateTrades: !hasSingleTrades }];
}

type TellsOfInstrument = BinanceTrade | BinanceQuote | BinanceDepth;

/** Forced orders may be those of the whole market. */
const tellsOfInstrument = (message: BinanceMessage): message is TellsOfInstrument =>
  message.kind !== 'other' && message.kind !== 'depthSnapshot' && message.kind !== 'forcedOrder';

function observe(profiles: Map<string, Profile>, message: BinanceMessage): void {
  if (!tellsOfInstrument(message)) return;
  const { symbol, market } = message;
  const profile = profiles.get(symbol) ?? {
    market,
    priceDecimals: new DecimalsCensus(),
    sizeDecimals: new DecimalsCensus(),
    hasSingleTrades: false,
  };
  profiles.set(symbol, profile);
  profile.hasSingleTrades ||= message.kind === 'trade';
  for (const [price, size] of levelsOf(message)) {
    profile.priceDecimals.add(price);
    if (size > 0) profile.sizeDecimals.add(size);
  }
}

function levelsOf(message: TellsOfInstrument): readonly BookLevel[] {
  switch (message.kind) {
    case 'depth':
      return [...message.bids, ...message.asks];
    case 'quote':
      return [
        [message.bidPrice, message.bidSize],
        [message.askPrice, message.askSize],
      ];
    case 'trade':
    case 'aggregateTrade':
      return [[message.price, message.size]];
  }
}
