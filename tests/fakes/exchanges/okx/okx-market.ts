import type { TruthTrade } from '../fake-exchange.ts';
import type { Frame } from '../fault-box.ts';
import { TrueMarket } from '../true-market.ts';
import { baseSize, symbolOf } from './instruments.ts';
import { OkxBook } from './okx-book.ts';
import type { OkxBookData, OkxFrame, OkxLevel, OkxTickerData, OkxTradeData } from './recording.ts';

const OKX_CHANNELS = ['books', 'books5', 'bbo-tbt', 'trades', 'tickers'] as const;
/** What can be subscribed to, by OKX's names. */
export type OkxChannel = (typeof OKX_CHANNELS)[number];
export const isOkxChannel = (channel: string): channel is OkxChannel =>
  OKX_CHANNELS.some((known) => known === channel);

export const streamOf = (channel: OkxChannel, instId: string): string => `${channel}:${instId}`;

const FIRST_SEQ_ID = 3_000_000;
const WHOLE_BOOKS = { books5: 5, 'bbo-tbt': 1 } as const;
const BOOKS_DEPTH = 400;

/** The exchange's clock, epoch ms, at a moment of the recording. */
type Clock = (recordedTime: number) => number;

/** All that the exchange knows of one instrument at this moment. */
class Instrument {
  readonly book = new OkxBook();
  readonly trades: OkxTradeData[] = [];
  ticker: OkxTickerData | undefined;
  seqId = FIRST_SEQ_ID;
  bookTime = '';
}

/**
 * The recorded market. Its frames are told as OKX tells them today: a book update carries
 * `seqId`/`prevSeqId`, which the recording's year did not have, and a checksum of 0, which is all that
 * OKX still sends; the recorded checksum is what the book here is tested against. `bbo-tbt` and
 * `books5` were not recorded: they say what the recorded book says.
 */
export class OkxMarket {
  readonly truth = new TrueMarket();
  readonly #instruments = new Map<string, Instrument>();

  /** Newest last. */
  trades(instId: string): readonly OkxTradeData[] {
    return this.#instruments.get(instId)?.trades ?? [];
  }

  ticker(instId: string): OkxTickerData | undefined {
    return this.#instruments.get(instId)?.ticker;
  }

  /** The recorded snapshot of a book: what was before the first update. */
  open({ instId, data }: Extract<OkxFrame, { channel: 'books' }>): void {
    for (const snapshot of data) this.#apply(instId, snapshot);
  }

  /** One recorded frame happens; answers with what the subscribers hear of it. */
  happen(frame: OkxFrame, clock: Clock): readonly Frame[] {
    const { instId } = frame;
    switch (frame.channel) {
      case 'trades':
        return frame.data.map((trade) => this.#trade(instId, retimed(trade, clock)));
      case 'tickers':
        return frame.data.map((ticker) => this.#ticker(instId, retimed(ticker, clock)));
      case 'books':
        return frame.data.flatMap((update) => this.#update(instId, retimed(update, clock)));
    }
  }

  /** What a new subscriber hears at once; undefined where there is nothing to say yet. */
  greeting(channel: OkxChannel, instId: string): string | undefined {
    const instrument = this.#instruments.get(instId);
    if (!instrument) return undefined;
    switch (channel) {
      case 'trades':
        return pushOf(channel, instId, instrument.trades.at(-1));
      case 'tickers':
        return pushOf(channel, instId, instrument.ticker);
      case 'books': {
        const { seqId, bookTime: ts } = instrument;
        const book = { ...sidesOf(instrument.book, BOOKS_DEPTH), ts, checksum: 0 };
        return pushOf(channel, instId, { ...book, prevSeqId: -1, seqId }, 'snapshot');
      }
      case 'books5':
      case 'bbo-tbt':
        return wholeBook(channel, instId, instrument);
    }
  }

  #instrument(instId: string): Instrument {
    const known = this.#instruments.get(instId);
    if (known) return known;
    const instrument = new Instrument();
    this.#instruments.set(instId, instrument);
    return instrument;
  }

  #trade(instId: string, trade: OkxTradeData): Frame {
    this.#instrument(instId).trades.push(trade);
    this.truth.addTrade(symbolOf(instId), truthOf(trade));
    const told = { ...trade, count: '1', source: '0' };
    const text = pushOf('trades', instId, told) ?? '';
    return { stream: streamOf('trades', instId), kind: 'trade', text };
  }

  #ticker(instId: string, ticker: OkxTickerData): Frame {
    this.#instrument(instId).ticker = ticker;
    const text = pushOf('tickers', instId, ticker) ?? '';
    return { stream: streamOf('tickers', instId), kind: 'other', text };
  }

  #update(instId: string, update: OkxBookData): Frame[] {
    const instrument = this.#instrument(instId);
    const prevSeqId = instrument.seqId;
    const topBefore = JSON.stringify(sidesOf(instrument.book, 1));
    this.#apply(instId, update);
    const { asks, bids, ts } = update;
    const told = { asks, bids, ts, checksum: 0, prevSeqId, seqId: instrument.seqId };
    const text = pushOf('books', instId, told, 'update') ?? '';
    const isNewTop = JSON.stringify(sidesOf(instrument.book, 1)) !== topBefore;
    return [
      { stream: streamOf('books', instId), kind: 'book', text },
      wholeBookFrame('books5', instId, instrument),
      ...(isNewTop ? [wholeBookFrame('bbo-tbt', instId, instrument)] : []),
    ];
  }

  #apply(instId: string, { bids, asks, ts }: OkxBookData): void {
    const instrument = this.#instrument(instId);
    instrument.book.apply({ bids, asks });
    instrument.bookTime = ts;
    // Real ids leave holes: nobody may rely on their growing by one.
    instrument.seqId += 1 + bids.length + asks.length;
    const numbersOf = ([price, size]: OkxLevel) =>
      [Number(price), baseSize(instId, size, price)] as const;
    this.truth.book(symbolOf(instId)).apply(bids.map(numbersOf), asks.map(numbersOf));
  }
}

function pushOf(
  channel: OkxChannel,
  instId: string,
  data: unknown,
  action?: 'snapshot' | 'update',
): string | undefined {
  if (data === undefined) return undefined;
  return JSON.stringify({ arg: { channel, instId }, action, data: [data] });
}

type WholeBook = keyof typeof WHOLE_BOOKS;

function wholeBook(channel: WholeBook, instId: string, instrument: Instrument): string | undefined {
  const { book, seqId, bookTime: ts } = instrument;
  const told = { ...sidesOf(book, WHOLE_BOOKS[channel]), instId, ts, seqId };
  return pushOf(channel, instId, told);
}

/** `other`: the faults of books are for the channel whose updates build upon one another. */
function wholeBookFrame(channel: WholeBook, instId: string, instrument: Instrument): Frame {
  const text = wholeBook(channel, instId, instrument) ?? '';
  return { stream: streamOf(channel, instId), kind: 'other', text };
}

const retimed = <T extends { readonly ts: string }>(recorded: T, clock: Clock): T => ({
  ...recorded,
  ts: String(clock(Number(recorded.ts))),
});

const sidesOf = (book: OkxBook, depth: number) => ({
  asks: book.asks().slice(0, depth),
  bids: book.bids().slice(0, depth),
});

const truthOf = ({ instId, tradeId, px, sz, side, ts }: OkxTradeData): TruthTrade => ({
  id: tradeId,
  price: Number(px),
  size: baseSize(instId, sz, px),
  aggressorSide: side,
  time: Number(ts),
});
