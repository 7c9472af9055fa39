import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import type { Person } from '../people.ts';
import { symbolId } from '../samples.ts';

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
  /** The last of these packets is acknowledged. `person`: of the fills scenario. */
  subscription(index: number, wanted: Wanted, person?: Person): readonly string[];
}

const indexes = (index: number, each: number) =>
  Array.from({ length: each }, (_, offset) => index + offset);

function rooms(index: number, { of, each }: Wanted, person?: Person): string[] {
  const many = indexes(index, each);
  if (person) return person.bots.map((bot) => `fills:${bot}`);
  const prices = many.map((one) => `ticker:${symbolId(one)}`);
  return of === 'prices' ? prices : [...prices, ...many.map((one) => `trades:${symbolId(one)}`)];
}

const SOCKET_IO_PATH = '/socket.io/?EIO=4&transport=websocket';
const socketIo = (auth: object, subscription: Dialect['subscription']): Dialect => ({
  path: SOCKET_IO_PATH,
  opening: null,
  answer: (packet, subscribe) => {
    if (packet === '2') return ['3'];
    if (packet.startsWith('0{')) return [`40${JSON.stringify(auth)}`];
    return packet.startsWith('40{') ? subscribe : [];
  },
  isJoined: (packet) => packet.startsWith('430['),
  subscription,
});

/** `id` is the acknowledgement's: 0 for the packet that ends the joining. */
const emit = (event: string, payload: unknown, id = 0) =>
  `42${id}${JSON.stringify([event, payload])}`;
const STRANGER_ID = 7;
const OTHER_ID = 8;
/** How the hub answers who asks for what is not his. */
export const STRANGER_ANSWER = `43${STRANGER_ID}`;

function hubSubscription(index: number, { of, each }: Wanted, person?: Person): string[] {
  if (person) return hubFills(person);
  const symbols = indexes(index, each).map(symbolId);
  if (of === 'prices') return [emit('price:subscribe', symbols)];
  const channels = symbols.map((symbol) => ({ channel: `symbol:${symbol}:trades` }));
  return [emit('price:subscribe', symbols), ...channels.map((one) => emit('subscribe', one))];
}

/** First what is not his, so that by the last acknowledgement all is answered. */
function hubFills({ bots, strangers }: Person): string[] {
  const follow = (bot: string, id: number) =>
    emit('subscribe', { channel: `bot:${bot}:trades` }, id);
  return [
    ...strangers.map((bot) => follow(bot, STRANGER_ID)),
    ...bots.map((bot, at) => follow(bot, at === bots.length - 1 ? 0 : OTHER_ID)),
  ];
}

export function dialectOf(kind: ServerKind, token: string, wanted: Wanted): Dialect {
  switch (kind) {
    case 'naive':
      return socketIo({}, (...who) => [emit('join', rooms(...who))]);
    case 'plainWs':
      return {
        path: '/',
        opening: '',
        answer: () => [],
        isJoined: (packet) => packet.startsWith('{"joined"'),
        subscription: (...who) => [JSON.stringify(rooms(...who))],
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
