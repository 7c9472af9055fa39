import { invariant } from '#domain/assert.ts';
import { wallClockMs } from '../wall-clock.ts';
import { type Dialect, dialectOf, type ServerKind, type Wanted } from './dialects.ts';
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
  /** Of a bot that the client did not ask for. */
  readonly foreign: number;
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
  const dialect = dialectOf(command.kind, command.token, command.wanted);
  let next = 0;
  const worker = async () => {
    while (next < command.connections) {
      const index = next;
      next += 1;
      await connectOne(command, dialect, index);
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker));
}

function connectOne(
  { port, wanted }: ClientCommand & { do: 'connect' },
  dialect: Dialect,
  index: number,
): Promise<void> {
  const subscription = dialect.subscription(index, wanted);
  const own = `bot${index}`;
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

function take(chunk: Buffer, start: number, end: number, own: string): void {
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

function takeFill(text: string, own: string): void {
  const [, bot, digits] = FILL_ID.exec(text) ?? [];
  if (bot === undefined) return;
  received += 1;
  if (bot !== own) foreign += 1;
  const sequence = Number(digits);
  const last = lastSequence.get(bot);
  if (last !== undefined ? sequence !== last + 1 : sequence !== 1) broken += 1;
  lastSequence.set(bot, sequence);
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
      lowestSequence: sequences.reduce((low, one) => Math.min(low, one), Number.POSITIVE_INFINITY),
      highestSequence: sequences.reduce((high, one) => Math.max(high, one), 0),
    },
  };
}
