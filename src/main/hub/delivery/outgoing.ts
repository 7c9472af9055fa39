import { type ChannelKind, channelKind, parseChannel } from '#contract/channels.ts';
import type { CompactPrice, Push, PushPayload } from '#contract/pushes.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Delivery } from '../dependencies.ts';
import { encodeDelivery } from './encode-push.ts';

/** An event as it goes to a client: a push, or the shorter form that a handshake asked for. */
export type OutgoingMessage =
  | Push
  | { readonly event: 'price:update'; readonly payload: CompactPrice }
  | {
      readonly event: 'price:batch';
      readonly payload: {
        readonly timestamp: EpochMs;
        readonly updates: readonly (PushPayload<'price:update'> | CompactPrice)[];
      };
    };

const TEXT_FRAME = 0x81;
const SHORT_LENGTH = 126;
const MEDIUM_LENGTH = 0x1_00_00;
const ENGINE_MESSAGE = '4';

/**
 * Messages on their way to clients. They are encoded when the first client needs them, and once,
 * however many send them: every socket is handed the same bytes.
 */
export class Outgoing<M extends OutgoingMessage = OutgoingMessage> {
  readonly messages: readonly M[];
  #packets: readonly string[] | undefined;
  #frames: Buffer | undefined;

  constructor(messages: readonly M[]) {
    this.messages = messages;
  }

  /** Socket.IO packets of the namespace `/`: type 2 (event) and its JSON. */
  get packets(): readonly string[] {
    this.#packets ??= this.messages.map(
      ({ event, payload }) => `2${JSON.stringify([event, payload])}`,
    );
    return this.#packets;
  }

  /** The same as WebSocket frames, one after another: one write sends them all (RFC 6455, 5.2). */
  get frames(): Buffer {
    this.#frames ??= encodeFrames(this.packets);
    return this.#frames;
  }
}

function encodeFrames(packets: readonly string[]): Buffer {
  const lengths = packets.map((packet) => Buffer.byteLength(packet) + ENGINE_MESSAGE.length);
  const total = lengths.reduce((sum, length) => sum + headLength(length) + length, 0);
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  packets.forEach((packet, index) => {
    at = writeHead(bytes, at, lengths[index] ?? 0);
    at += bytes.write(ENGINE_MESSAGE, at);
    at += bytes.write(packet, at);
  });
  return bytes;
}

const headLength = (length: number): number =>
  length < SHORT_LENGTH ? 2 : length < MEDIUM_LENGTH ? 4 : 10;

function writeHead(bytes: Buffer, at: number, length: number): number {
  bytes[at] = TEXT_FRAME;
  if (length < SHORT_LENGTH) {
    bytes[at + 1] = length;
    return at + 2;
  }
  if (length < MEDIUM_LENGTH) {
    bytes[at + 1] = SHORT_LENGTH;
    return bytes.writeUInt16BE(length, at + 2);
  }
  bytes[at + 1] = SHORT_LENGTH + 1;
  return bytes.writeBigUInt64BE(BigInt(length), at + 2);
}

/** The forms in which one delivery may go out, each made when it is first asked for. */
export class EncodedDelivery {
  readonly delivery: Delivery;
  readonly full: Outgoing<Push>;
  /** Only prices are batched, and have a compact form. */
  readonly isPrice: boolean;
  #kind: ChannelKind | undefined;
  #compact: Outgoing | undefined;

  constructor(delivery: Delivery) {
    this.delivery = delivery;
    this.full = new Outgoing(encodeDelivery(delivery));
    this.isPrice = this.full.messages[0]?.event === 'price:update';
  }

  /** Nothing comes behind it: it waits for nothing but what has its order. */
  get isEnd(): boolean {
    return this.full.messages[0]?.event === 'ended';
  }

  get kind(): ChannelKind {
    if (this.isEnd) return 'stream';
    const parsed = this.#kind ? undefined : parseChannel(this.delivery.channel);
    if (parsed) this.#kind = channelKind(parsed);
    return this.#kind ?? 'stream';
  }

  get compact(): Outgoing {
    this.#compact ??= this.isPrice ? compactOf(this.full) : this.full;
    return this.#compact;
  }

  as(isCompact: boolean): Outgoing {
    return isCompact ? this.compact : this.full;
  }
}

function compactOf({ messages }: Outgoing<Push>): Outgoing {
  const compact: OutgoingMessage[] = [];
  for (const { event, payload } of messages) {
    if (event !== 'price:update') continue;
    const { symbol: s, price: p, volume: v, timestamp: t } = payload;
    compact.push({ event, payload: { s, p, v, t } });
  }
  return new Outgoing(compact);
}

let newest: EncodedDelivery | undefined;

/**
 * The encoder of a delivery. All sessions ask for the same one in a row, so that remembering the
 * newest is enough for each to be encoded once.
 */
export function encodedOf(delivery: Delivery): EncodedDelivery {
  if (newest?.delivery !== delivery) newest = new EncodedDelivery(delivery);
  return newest;
}
