import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { fillPayload, pricePayload, tradePayload } from '../samples.ts';
import { runServer } from './server-process.ts';

/** The same by hand over plain WebSockets: each update encoded once, sent to each subscriber. */
const http = createServer();
const server = new WebSocketServer({ server: http });
const rooms = new Map<string, Set<WebSocket>>();
server.on('connection', (socket) => {
  const joined: Set<WebSocket>[] = [];
  socket.on('message', (message) => {
    for (const name of JSON.parse(String(message)) as string[]) {
      const room = rooms.get(name) ?? new Set();
      rooms.set(name, room);
      room.add(socket);
      joined.push(room);
    }
    socket.send('{"joined":true}');
  });
  socket.on('close', () => {
    for (const room of joined) room.delete(socket);
  });
});
let seq = 0;
function broadcast(room: string, message: object): void {
  const text = JSON.stringify(message);
  for (const socket of rooms.get(room) ?? []) socket.send(text);
}
http.listen(0, '127.0.0.1', () =>
  runServer({
    port: (http.address() as AddressInfo).port,
    connections: () => server.clients.size,
    price: (ticker) => {
      seq += 1;
      broadcast(`ticker:${ticker.instrumentId}`, pricePayload(ticker, seq));
    },
    fill: (fill) => {
      seq += 1;
      broadcast(`fills:${fill.botId}`, fillPayload(fill, seq));
    },
    trade: (trade) => {
      seq += 1;
      broadcast(`trades:${trade.instrumentId}`, tradePayload(trade, seq));
    },
  }),
);
