import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { fillPayload, pricePayload, tradePayload } from '../samples.ts';
import { runServer } from './server-process.ts';

/** What most people would write: a room a symbol, and `io.to(room).emit` for each update. */
const http = createServer();
const io = new Server(http, { transports: ['websocket', 'polling'] });
io.on('connection', (socket) => {
  socket.on('join', (rooms: string[], acknowledge?: () => void) => {
    void socket.join(rooms);
    acknowledge?.();
  });
});
let seq = 0;
http.listen(0, '127.0.0.1', () =>
  runServer({
    port: (http.address() as AddressInfo).port,
    connections: () => io.engine.clientsCount,
    price: (ticker) => {
      seq += 1;
      io.to(`ticker:${ticker.instrumentId}`).emit('price:update', pricePayload(ticker, seq));
    },
    fill: (fill) => {
      seq += 1;
      io.to(`fills:${fill.botId}`).emit('bot:trade', fillPayload(fill, seq));
    },
    trade: (trade) => {
      seq += 1;
      io.to(`trades:${trade.instrumentId}`).emit('trade:new', tradePayload(trade, seq));
    },
  }),
);
