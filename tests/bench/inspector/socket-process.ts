import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { invariant } from '#domain/assert.ts';
import { RawWebSocket } from '../hub/clients/raw-websocket.ts';

/** Opens so many sockets on a hub, each with a channel of its own and one that all have; says when it has. */
export interface SocketCommand {
  readonly port: number;
  /** One a user; each opens as many sockets as another. */
  readonly tokens: readonly string[];
  readonly connections: number;
}

export interface SocketAnswer {
  readonly open: number;
  readonly closed: number;
}

/** So many handshakes at a time: more would measure the listen queue. */
const CONNECTING_AT_ONCE = 100;
const PATH = '/socket.io/?EIO=4&transport=websocket';
const ALL_HAVE = 'symbol:demo:BTC/USDT:ticker';

let open = 0;
let closed = 0;

function connectOne({ port, tokens }: SocketCommand, index: number): Promise<void> {
  const token = tokens[index % tokens.length];
  // As a page that nobody looks at: the clients are there to be looked at, not to be served.
  const auth = { token, protocol: PROTOCOL_VERSION, background: index % 20 !== 0 };
  const channels = [{ channel: ALL_HAVE }, { channel: `desk:room-${index}` }];
  return new Promise((resolve, reject) => {
    const socket = new RawWebSocket({
      ...{ port, path: PATH },
      onOpen: () => undefined,
      onText: (one, bytes, start, end) => {
        const packet = bytes.toString('utf8', start, Math.min(end, start + 64));
        if (packet === '2') one.send('3');
        else if (packet.startsWith('0{')) one.send(`40${JSON.stringify(auth)}`);
        else if (packet.startsWith('40{')) {
          one.send(`420${JSON.stringify(['subscribe:many', { channels }])}`);
        } else if (packet.startsWith('430[')) {
          open += 1;
          resolve();
        }
      },
      onClose: () => {
        closed += 1;
        reject(new Error('the hub closed a socket while it was joining'));
      },
    });
    socket.socket.unref();
  });
}

async function connectAll(command: SocketCommand): Promise<SocketAnswer> {
  let next = 0;
  const worker = async () => {
    while (next < command.connections) {
      next += 1;
      await connectOne(command, next - 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker));
  return { open, closed };
}

process.on('disconnect', () => process.exit(0));
process.on('message', (command: SocketCommand) => {
  void connectAll(command).then((answer) => {
    invariant(process.send, 'the bench forks its sockets');
    process.send(answer);
  });
});
