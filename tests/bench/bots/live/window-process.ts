import Database from 'better-sqlite3';
import { io } from 'socket.io-client';
import type { Ack } from '#contract/client-events.ts';
import type { Fill } from '#domain/fill.ts';
import { monotonicMs } from './monotonic.ts';
import { INSTRUMENTS, instrumentIdOf } from './setting.ts';

/** What one window is subscribed to, and when it heard of each fill. */

export interface WindowReading {
  /** Monotonic milliseconds. */
  readonly heard: readonly (readonly [string, number])[];
  readonly doubled: number;
  /** Heard of, and not to be found on disk by another connection. */
  readonly notOnDisk: number;
}

/** `ledgerPath` is where every fill has to be found the moment that it is heard of. */
const [url = '', token = '', ledgerPath = '', fillsTable = ''] = process.argv.slice(2);
const ledger = new Database(ledgerPath, { readonly: true });
const find = ledger.prepare<[string]>(`SELECT 1 FROM ${fillsTable} WHERE id = ?`);
const heard = new Map<string, number>();
let [doubled, notOnDisk] = [0, 0];

const socket = io(url, { auth: { token, protocol: 1, batch: true }, transports: ['websocket'] });
socket.on('bot:trade', ({ trade }: { readonly trade: Fill }) => {
  const now = monotonicMs();
  if (find.get(trade.id) === undefined) notOnDisk += 1;
  if (heard.has(trade.id)) doubled += 1;
  else heard.set(trade.id, now);
});

const all = Array.from({ length: INSTRUMENTS }, (_, index) => instrumentIdOf(index));
const [shown] = all;
const CHANNELS = [
  ...[`symbol:${shown}:trades`, `symbol:${shown}:orderbook`, `symbol:${shown}:candles:1m`],
  ...['user:owner:notifications', 'user:owner:balance', 'alerts', 'announcement', 'admin'],
];

/** Fails where it is refused: a window that hears nothing measures nothing. */
async function ask(event: string, ...payload: unknown[]): Promise<void> {
  const ack = (await socket.emitWithAck(event, ...payload)) as Ack<object> | undefined;
  if (ack?.ok === false) throw new Error(`${event}: ${ack.error.message}`);
}

socket.on('connect', async () => {
  await ask('price:subscribe', all);
  for (const channel of CHANNELS) await ask('subscribe', { channel });
  await ask('bot:subscribe');
  process.send?.('ready');
});
process.on('message', () => {
  process.send?.({ heard: [...heard], doubled, notOnDisk } satisfies WindowReading);
});
process.on('disconnect', () => process.exit(0));
