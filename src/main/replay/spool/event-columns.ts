import { assertNever } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** What an event is, in the low bits of its tag; the instrument's number is above them. */
const KINDS = ['trade', 'quote', 'bookSnapshot', 'bookDelta', 'other'] as const;
type Kind = (typeof KINDS)[number];
const KIND_BITS = 3;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Counts of tags, of numbers and of bytes of text. */
const HEADER_WORDS = 4;
const WORD_BYTES = 4;
const NUMBER_BYTES = 8;

/** An instrument's number among those of a spool; a new one gets the next. */
export class InstrumentNumbers {
  readonly #numbers = new Map<InstrumentId, number>();
  readonly #ids: InstrumentId[] = [];

  numberOf(id: InstrumentId): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#ids.push(id);
    this.#numbers.set(id, this.#ids.length - 1);
    return this.#ids.length - 1;
  }

  idOf(number: number): InstrumentId {
    const id = this.#ids[number];
    if (id === undefined) throw new DamagedSpool('names an unknown instrument');
    return id;
  }
}

/** Bytes that are not those that were written. */
export class DamagedSpool extends Error {}

/**
 * Market events as three columns: a tag each, their numbers one after the other, and what is no number
 * as text. They come out as they went in, to the last digit. Kinds of event that are rare are text.
 */
export class EventColumns {
  readonly #instruments: InstrumentNumbers;
  #tags: number[] = [];
  #numbers: number[] = [];
  #texts: string[] = [];

  constructor(instruments: InstrumentNumbers) {
    this.#instruments = instruments;
  }

  get eventCount(): number {
    return this.#tags.length;
  }

  get numberCount(): number {
    return this.#numbers.length;
  }

  add(event: MarketEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#addTrade(event);
        break;
      case 'quote': {
        const { bidPrice, bidSize, askPrice, askSize, eventTime, receivedTime } = event.quote;
        this.#tag('quote', event);
        this.#numbers.push(bidPrice, bidSize, askPrice, askSize, eventTime ?? Number.NaN);
        this.#numbers.push(receivedTime);
        break;
      }
      case 'bookSnapshot':
        this.#tag('bookSnapshot', event);
        this.#addBook(event.snapshot);
        break;
      case 'bookDelta':
        this.#tag('bookDelta', event);
        this.#addBook(event.delta);
        break;
      case 'liquidation':
      case 'bookLost':
      case 'gap':
      case 'backfill':
        this.#tag('other', event);
        this.#texts.push(JSON.stringify(event));
        break;
      default:
        assertNever(event);
    }
  }

  /** All that was added, and begins anew. */
  take(): Uint8Array {
    const texts = Buffer.from(JSON.stringify(this.#texts));
    const header = [this.#tags.length, this.#numbers.length, texts.length, 0];
    const numbers = new Float64Array(this.#numbers);
    const words = new Uint32Array([...header, ...this.#tags]);
    const head = words.subarray(0, HEADER_WORDS);
    const tags = words.subarray(HEADER_WORDS);
    const bytes = Buffer.concat([bytesOf(head), bytesOf(numbers), bytesOf(tags), texts]);
    this.#tags = [];
    this.#numbers = [];
    this.#texts = [];
    return bytes;
  }

  #tag(kind: Kind, event: MarketEvent): void {
    const instrument = this.#instruments.numberOf(instrumentOf(event));
    this.#tags.push((instrument << KIND_BITS) | KINDS.indexOf(kind));
  }

  #addTrade(event: Extract<MarketEvent, { kind: 'trade' }>): void {
    const { id, price, size, aggressorSide, eventTime, receivedTime } = event.trade;
    const number = Number(id);
    const isNumber = Number.isSafeInteger(number) && String(number) === id;
    this.#tag('trade', event);
    this.#numbers.push(isNumber ? number : Number.NaN, price, size);
    this.#numbers.push(aggressorSide === 'buy' ? 1 : 0, eventTime, receivedTime);
    if (!isNumber) this.#texts.push(id);
  }

  #addBook({ bids, asks, sequence, eventTime, receivedTime }: Book): void {
    this.#numbers.push(sequence, eventTime ?? Number.NaN, receivedTime, bids.length, asks.length);
    for (const [price, size] of bids) this.#numbers.push(price, size);
    for (const [price, size] of asks) this.#numbers.push(price, size);
  }
}

interface Book {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly sequence: number;
  readonly eventTime: EpochMs | null;
  readonly receivedTime: EpochMs;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The events of what `EventColumns` gave. */
export function eventsOf(bytes: Uint8Array, instruments: InstrumentNumbers): MarketEvent[] {
  const columns = new ColumnReader(bytes);
  const events: MarketEvent[] = [];
  for (const tag of columns.tags) {
    const kind = KINDS[tag & KIND_MASK];
    if (kind === undefined) throw new DamagedSpool('holds an unknown kind of event');
    events.push(readEvent(kind, columns, instruments.idOf(tag >>> KIND_BITS)));
  }
  return events;
}

function readEvent(kind: Kind, columns: ColumnReader, instrumentId: InstrumentId): MarketEvent {
  switch (kind) {
    case 'trade':
      return { kind, trade: readTrade(columns, instrumentId) };
    case 'quote':
      return { kind, quote: readQuote(columns, instrumentId) };
    case 'bookSnapshot':
      return { kind, snapshot: { instrumentId, ...readBook(columns) } };
    case 'bookDelta':
      return { kind, delta: { instrumentId, ...readBook(columns) } };
    case 'other':
      // Our own writing of a few moments ago.
      return JSON.parse(columns.text()) as MarketEvent;
  }
}

function readTrade(columns: ColumnReader, instrumentId: InstrumentId) {
  const number = columns.number();
  return {
    instrumentId,
    id: Number.isNaN(number) ? columns.text() : String(number),
    price: columns.number() as Price,
    size: columns.number() as Size,
    aggressorSide: columns.number() === 1 ? ('buy' as const) : ('sell' as const),
    eventTime: columns.number() as EpochMs,
    receivedTime: columns.number() as EpochMs,
  };
}

function readQuote(columns: ColumnReader, instrumentId: InstrumentId) {
  return {
    instrumentId,
    bidPrice: columns.number() as Price,
    bidSize: columns.number() as Size,
    askPrice: columns.number() as Price,
    askSize: columns.number() as Size,
    eventTime: columns.timeOrNull(),
    receivedTime: columns.number() as EpochMs,
  };
}

function readBook(columns: ColumnReader): Book {
  const sequence = columns.number();
  const eventTime = columns.timeOrNull();
  const receivedTime = columns.number() as EpochMs;
  const bidCount = columns.number();
  const askCount = columns.number();
  const bids = columns.levels(bidCount);
  return { bids, asks: columns.levels(askCount), sequence, eventTime, receivedTime };
}

class ColumnReader {
  readonly tags: Uint32Array;
  readonly #numbers: Float64Array;
  readonly #texts: readonly string[];
  #numberAt = 0;
  #textAt = 0;

  constructor(bytes: Uint8Array) {
    // Numbers are read in place, which needs them to begin at a multiple of their length.
    const { buffer, byteOffset, byteLength } =
      bytes.byteOffset % NUMBER_BYTES === 0 ? bytes : new Uint8Array(bytes);
    const numbersAt = byteOffset + HEADER_WORDS * WORD_BYTES;
    const end = byteOffset + byteLength;
    if (end < numbersAt) throw new DamagedSpool('ends too early');
    const [tags = 0, numbers = 0, textBytes = 0] = new Uint32Array(
      buffer,
      byteOffset,
      HEADER_WORDS,
    );
    const tagsAt = numbersAt + numbers * NUMBER_BYTES;
    const textsAt = tagsAt + tags * WORD_BYTES;
    if (textsAt + textBytes !== end) throw new DamagedSpool('has a wrong length');
    this.#numbers = new Float64Array(buffer, numbersAt, numbers);
    this.tags = new Uint32Array(buffer, tagsAt, tags);
    this.#texts = JSON.parse(Buffer.from(buffer, textsAt, textBytes).toString()) as string[];
  }

  number(): number {
    const value = this.#numbers[this.#numberAt++];
    if (value === undefined) throw new DamagedSpool('ends too early');
    return value;
  }

  timeOrNull(): EpochMs | null {
    const time = this.number();
    return Number.isNaN(time) ? null : (time as EpochMs);
  }

  text(): string {
    const text = this.#texts[this.#textAt++];
    if (text === undefined) throw new DamagedSpool('ends too early');
    return text;
  }

  levels(count: number): BookLevel[] {
    const numbers = this.#numbers;
    const end = this.#numberAt + 2 * count;
    if (!(end <= numbers.length)) throw new DamagedSpool('ends too early');
    const levels: BookLevel[] = [];
    for (let at = this.#numberAt; at < end; at += 2) {
      levels.push([numbers[at] as number, numbers[at + 1] as number]);
    }
    this.#numberAt = end;
    return levels;
  }
}
