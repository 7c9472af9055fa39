import { invariant } from '#domain/assert.ts';
import type { Person } from '../people.ts';
import { wallClockMs } from '../wall-clock.ts';
import { dialectOf, type ServerKind, STRANGER_ANSWER, type Wanted } from './dialects.ts';
import { Histogram, type Percentiles } from './histogram.ts';
import { RawWebSocket } from './raw-websocket.ts';

export type ClientCommand =
  | {
      readonly do: 'connect';
      readonly kind: ServerKind;
      readonly port: number;
      readonly token: string;
      readonly connections: number;
      readonly wanted: Wanted;
      /** Of the fills scenario: who is behind each connection, with the token that lets him in. */
      readonly people?: readonly (Person & { readonly token: string })[];
    }
  | { readonly do: 'reset' }
  | { readonly do: 'pause'; readonly connections: number }
  | { readonly do: 'read' };

export interface ClientReading {
  /** Publish to receipt, milliseconds, of every item received. */
  readonly freshness: Percentiles;
  readonly frames: number;
  readonly bytes: number;
  readonly open: number;
  readonly dropped: number;
  readonly fills: FillReading;
}

interface FillReading {
  readonly received: number;
  /** Out of order, missing before one received, or received twice. */
  readonly broken: number;
  /** Of a bot that the client was not granted. */
  readonly foreign: number;
  /** Subscriptions to others' bots that were refused, and those that were not. */
  readonly refused: number;
  readonly admitted: number;
  /** Pairs of a client and a bot of which at least one fill came. */
  readonly streams: number;
  readonly lowestSequence: number;
  readonly highestSequence: number;
}

/** So many handshakes at a time: more would measure the listen queue. */
const CONNECTING_AT_ONCE = 100;
const EVENT_TIME = Buffer.from('"eventTime":');
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const DOT = 46;
const FILL_ID = /"id":"(bot\d+)-f(\d+)"/;

const freshness = new Histogram();
const sockets: RawWebSocket[] = [];
let isFills = false;
let frames = 0;
let bytes = 0;
let dropped = 0;
let received = 0;
let broken = 0;
let foreign = 0;
let refused = 0;
let admitted = 0;
/** Of each stream of each client. */
const lastSequence = new Map<string, number>();

function answer(message: object): void {
  invariant(process.send, 'the bench forks its clients');
  process.send(message);
}

process.on('message', (command: ClientCommand) => void perform(command).then(answer));
process.on('disconnect', () => process.exit(0));

async function perform(command: ClientCommand): Promise<ClientReading> {
  if (command.do === 'connect') await connectAll(command);
  else if (command.do === 'reset') {
    freshness.reset();
    frames = 0;
    bytes = 0;
  } else if (command.do === 'pause') {
    for (const { socket } of sockets.slice(0, command.connections)) socket.pause();
  }
  return read();
}

async function connectAll(command: ClientCommand & { do: 'connect' }): Promise<void> {
  isFills = command.wanted.of === 'fills';
  let next = 0;
  const worker = async () => {
    while (next < command.connections) {
      const index = next;
      next += 1;
      await connectOne(command, index);
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker));
}

function connectOne(
  { kind, port, wanted, token, people }: ClientCommand & { do: 'connect' },
  index: number,
): Promise<void> {
  const person = people?.[index];
  const dialect = dialectOf(kind, person?.token ?? token, wanted);
  const subscription = dialect.subscription(index, wanted, person);
  const own: Own = { client: index, bots: new Set(person?.bots) };
  return new Promise((resolve, reject) => {
    let isJoined = false;
    const socket = new RawWebSocket({
      port,
      path: dialect.path,
      onOpen: (opened) => {
        if (dialect.opening === null) return;
        for (const packet of subscription) opened.send(packet);
      },
      onText: (one, chunk, start, end) => {
        if (isJoined && end - start > 1) {
          take(chunk, start, end, own);
          return;
        }
        const packet = chunk.toString('latin1', start, end);
        if (packet.startsWith(STRANGER_ANSWER)) noteStranger(packet);
        for (const reply of dialect.answer(packet, subscription)) one.send(reply);
        if (dialect.isJoined(packet)) {
          isJoined = true;
          resolve();
        } else if (packet.startsWith('44')) reject(new Error(`refused: ${packet}`));
      },
      onClose: () => {
        dropped += 1;
        reject(new Error('the server closed a connection'));
      },
    });
    sockets.push(socket);
  });
}

/** Whose fills a client may see. */
interface Own {
  readonly client: number;
  readonly bots: ReadonlySet<string>;
}

function noteStranger(packet: string): void {
  if (packet.includes('"access_denied"')) refused += 1;
  else admitted += 1;
}

function take(chunk: Buffer, start: number, end: number, own: Own): void {
  frames += 1;
  bytes += end - start;
  const now = wallClockMs();
  if (isFills) takeFill(chunk.toString('latin1', start, end), own);
  let at = chunk.indexOf(EVENT_TIME, start);
  while (at >= 0 && at < end) {
    freshness.add(now - readNumber(chunk, at + EVENT_TIME.length));
    at = chunk.indexOf(EVENT_TIME, at + EVENT_TIME.length);
  }
}

/** A decimal in plain notation, without making a string of it. */
function readNumber(chunk: Buffer, from: number): number {
  let value = 0;
  let scale = 0;
  for (let at = from; ; at += 1) {
    const code = chunk[at] ?? 0;
    if (code === DOT) scale = 1;
    else if (code >= DIGIT_0 && code <= DIGIT_9) {
      value = value * 10 + code - DIGIT_0;
      scale *= 10;
      if (scale >= 1_000) return value / scale;
    } else return scale > 1 ? value / scale : value;
  }
}

function takeFill(text: string, own: Own): void {
  const [, bot, digits] = FILL_ID.exec(text) ?? [];
  if (bot === undefined) return;
  received += 1;
  if (!own.bots.has(bot)) foreign += 1;
  const sequence = Number(digits);
  const stream = `${own.client} ${bot}`;
  const last = lastSequence.get(stream);
  if (last !== undefined ? sequence !== last + 1 : sequence !== 1) broken += 1;
  lastSequence.set(stream, sequence);
}

function read(): ClientReading {
  const sequences = [...lastSequence.values()];
  return {
    freshness: freshness.read(),
    frames,
    bytes,
    open: sockets.length - dropped,
    dropped,
    fills: {
      received,
      broken,
      foreign,
      refused,
      admitted,
      streams: lastSequence.size,
      lowestSequence: sequences.reduce((low, one) => Math.min(low, one), Number.POSITIVE_INFINITY),
      highestSequence: sequences.reduce((high, one) => Math.max(high, one), 0),
    },
  };
}
