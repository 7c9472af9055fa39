import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { botId, symbolId } from '../samples.ts';

export type ServerKind = 'naive' | 'plainWs' | 'hub';

export interface Wanted {
  readonly of: 'prices' | 'fills' | 'firehose';
  /** Symbols or bots of one client. */
  readonly each: number;
  readonly batch: boolean;
  readonly compact: boolean;
}

/** How a client speaks to one kind of server, in its raw packets. */
export interface Dialect {
  readonly path: string;
  /** Sent as soon as the connection is open; null where the server speaks first. */
  readonly opening: string | null;
  /** What to send back to a packet, if it is one that wants an answer. */
  answer(packet: string, subscription: readonly string[]): readonly string[];
  readonly isJoined: (packet: string) => boolean;
  /** The last of these packets is acknowledged. */
  subscription(index: number, wanted: Wanted): readonly string[];
}

const indexes = (index: number, each: number) =>
  Array.from({ length: each }, (_, offset) => index + offset);

function rooms(index: number, { of, each }: Wanted): string[] {
  const many = indexes(index, each);
  if (of === 'fills') return many.map((one) => `fills:${botId(one)}`);
  const prices = many.map((one) => `ticker:${symbolId(one)}`);
  return of === 'prices' ? prices : [...prices, ...many.map((one) => `trades:${symbolId(one)}`)];
}

const SOCKET_IO_PATH = '/socket.io/?EIO=4&transport=websocket';
const socketIo = (
  auth: object,
  subscription: (index: number, wanted: Wanted) => readonly string[],
): Dialect => ({
  path: SOCKET_IO_PATH,
  opening: null,
  answer: (packet, subscribe) => {
    if (packet === '2') return ['3'];
    if (packet.startsWith('0{')) return [`40${JSON.stringify(auth)}`];
    return packet.startsWith('40{') ? subscribe : [];
  },
  isJoined: (packet) => packet.startsWith('430'),
  subscription,
});

const emit = (event: string, payload: unknown) => `420${JSON.stringify([event, payload])}`;

function hubSubscription(index: number, { of, each }: Wanted): string[] {
  const symbols = indexes(index, each).map(symbolId);
  const channels = indexes(index, each).map((one) =>
    of === 'fills' ? `bot:${botId(one)}:trades` : `symbol:${symbolId(one)}:trades`,
  );
  if (of === 'prices') return [emit('price:subscribe', symbols)];
  const subscribed = channels.map((channel) => emit('subscribe', { channel }));
  return of === 'fills' ? subscribed : [emit('price:subscribe', symbols), ...subscribed];
}

export function dialectOf(kind: ServerKind, token: string, wanted: Wanted): Dialect {
  switch (kind) {
    case 'naive':
      return socketIo({}, (index, one) => [emit('join', rooms(index, one))]);
    case 'plainWs':
      return {
        path: '/',
        opening: '',
        answer: () => [],
        isJoined: (packet) => packet.startsWith('{"joined"'),
        subscription: (index, one) => [JSON.stringify(rooms(index, one))],
      };
    case 'hub': {
      const { batch, compact } = wanted;
      const auth = {
        token,
        protocol: PROTOCOL_VERSION,
        ...(batch && { batch }),
        ...(compact && { compact }),
      };
      return socketIo(auth, hubSubscription);
    }
  }
}
