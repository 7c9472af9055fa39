import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import type { Trade } from '#domain/trade.ts';
import { Histogram } from '../../hub/clients/histogram.ts';
import { TradeGenerator } from './generator-feed.ts';
import { type LiveCommand, type LiveReading, ProcessReading } from './live-reading.ts';
import { monotonicMs } from './monotonic.ts';
import { NaiveBot, type NaiveFill, type NaiveOrder } from './naive-bots.ts';
import { bots, instrumentIdOf } from './setting.ts';

/** The obvious way: each bot a listener, each order and fill a transaction, each trade sent to all. */
const [directory = ''] = process.argv.slice(2);

const database = new Database(join(directory, 'naive.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const columns = 'id TEXT PRIMARY KEY, bot TEXT, side TEXT, quantity TEXT, price TEXT';
database.exec(`CREATE TABLE orders (${columns}); CREATE TABLE fills (${columns}, fee TEXT)`);
const insertOrder = database.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?)');
const insertFill = database.prepare('INSERT INTO fills VALUES (?, ?, ?, ?, ?, ?)');

const server = createServer();
const io = new Server(server);
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port');
for (const event of ['price:subscribe', 'subscribe', 'bot:subscribe']) {
  io.on('connection', (socket) =>
    socket.on(event, (...given: unknown[]) => (given.at(-1) as () => void)()),
  );
}

const generator = new TradeGenerator();
const reading = new ProcessReading(generator);
const [engineToOrder, feedToOrder] = [new Histogram(), new Histogram()];
const decided = new Map<string, number>();
let heard: { readonly trade: Trade; readonly ms: number } | null = null;

const desk = {
  placed: (order: NaiveOrder) => {
    if (heard) {
      engineToOrder.add(monotonicMs() - heard.ms);
      feedToOrder.add(monotonicMs() - generator.sentAt(heard.trade));
    }
    const { id, bot, side, quantity, limit } = order;
    insertOrder.run(id, bot, side, quantity.toFixed(), limit?.toFixed() ?? null);
    io.emit('bot:order', order);
  },
  filled: (fill: NaiveFill) => {
    const { id, bot, side, quantity, price, fee } = fill;
    decided.set(id, monotonicMs());
    insertFill.run(id, bot, side, quantity.toFixed(), price.toFixed(), fee.toFixed());
    io.emit('bot:trade', { trade: fill });
  },
};

const market = new EventEmitter();
market.setMaxListeners(0);
for (const [index, bot] of bots.entries()) {
  const naive = new NaiveBot(`bot${index}`, bot, desk);
  market.on(bot.instrumentId, (trade: Trade) => naive.onTrade(trade));
}
const shown = instrumentIdOf(0);
const stop = generator.start((trades) => {
  for (const trade of trades) {
    heard = { trade, ms: monotonicMs() };
    market.emit(trade.instrumentId, trade);
    heard = null;
    io.emit('price:update', { symbol: trade.instrumentId, price: trade.price });
    if (trade.instrumentId === shown) io.emit('trade:new', trade);
  }
});

const begin = () => {
  engineToOrder.reset();
  feedToOrder.reset();
  decided.clear();
  reading.begin();
  return {};
};
const read = (): LiveReading => ({
  ...reading.read(),
  engineToOrderMs: engineToOrder.read(),
  feedToOrderMs: feedToOrder.read(),
  decided: [...decided],
  extra: {},
});
process.on('message', (command: LiveCommand) => {
  process.send?.(command.do === 'begin' ? begin() : read());
});
process.on('disconnect', () => {
  stop();
  process.exit(0);
});
process.send?.({ url: `http://127.0.0.1:${address.port}`, token: '' });
