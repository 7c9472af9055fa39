import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { PushPayload } from '#contract/pushes.ts';
import { HubConnection } from '../../../support/hub-connection.ts';

/**
 * What one would write in place of the hub: each trade is told as it comes, in a message of its own.
 * It stands before the hub (`trade-by-trade-server.ts URL TOKEN`), has its channels from there for each
 * client, and passes everything else on as it is.
 */
const [hubUrl = '', token = ''] = process.argv.slice(2);

const http = createServer();
const io = new Server(http, { cors: { origin: '*' }, transports: ['websocket'] });
io.on('connection', (socket) => {
  const hub = HubConnection.connect(hubUrl, token);
  void hub.then(({ socket: upstream }) => {
    upstream.onAny((event: string, payload: unknown) => {
      if (event !== 'trade:new') {
        socket.emit(event, payload);
        return;
      }
      const { trades, ...envelope } = payload as PushPayload<'trade:new'>;
      for (const trade of trades) socket.emit(event, { ...envelope, trades: [trade] });
    });
  });
  for (const event of ['subscribe', 'request']) {
    socket.on(event, async (payload: unknown, acknowledge: (answer: unknown) => void) => {
      acknowledge(await (await hub).socket.emitWithAck(event, payload));
    });
  }
  socket.on('disconnect', async () => (await hub).close());
});

http.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
process.once('disconnect', () => process.exit(0));
