import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOldLedger } from '#tests/support/old-ledger.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { type Ledger, openLedger } from './ledger.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let ledger: Ledger;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  ledger.close();
  directory.remove();
});

const BOT = `INSERT INTO bots (id, name, strategy, instrument_id, params, initial_cash, maker_fee_bps,
    taker_fee_bps, created_time, state, cash, fill_count, order_sequence)
  VALUES ('mm', 'mm', 'external', 'demo:BTC/USDT', '{}', '0', 0, 0, 1, 'stopped', '0', 0, 0)`;
const orders = (...ids: string[]) =>
  ids.map(
    (
      id,
    ) => `INSERT INTO orders (id, bot_id, instrument_id, type, side, quantity, limit_price, status,
      filled_quantity, created_time, updated_time)
    VALUES ('${id}', 'mm', 'demo:BTC/USDT', 'limit', 'buy', '1', '2', 'accepted', '0', 1, 1)`,
  );
const state = (orderId: string, status: string, time: number) =>
  `INSERT INTO order_states (order_id, bot_id, status, filled_quantity, limit_price, time)
   VALUES ('${orderId}', 'mm', '${status}', '0', '2', ${time})`;

it('has what was told of orders when states stood by the name of the order', () => {
  const path = join(directory.path, 'ledger.db');
  createOldLedger(path, 'order_states_before', (old) => {
    const told = [
      state('o2', 'submitted', 1),
      state('o1', 'submitted', 2),
      state('o2', 'accepted', 3),
    ];
    // Nothing had forbidden it.
    const nobodys = state('gone', 'accepted', 4);
    for (const sql of [BOT, ...orders('o1', 'o2'), ...told, nobodys]) old.exec(sql);
  });
  const opened = openLedger(path, { onDamage: ({ reason }) => expect.fail(reason) });
  if (!opened.ok) throw new Error(opened.error.message);
  ledger = opened.value;
  const statesOf = (orderId: string) =>
    ledger.orderStates.of(orderId).map(({ status, time }) => [status, time]);
  expect(statesOf('o2')).toEqual([
    ['submitted', 1],
    ['accepted', 3],
  ]);
  expect(statesOf('o1')).toEqual([['submitted', 2]]);
  expect(ledger.orders.open('mm').map(({ id }) => id)).toEqual(['o1', 'o2']);
});
