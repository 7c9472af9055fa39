import { expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Outbox } from './outbox.ts';

const ID = 'binance:BTC/USDT' as InstrumentId;

const lost = (time: number): MarketEvent => ({
  ...{ kind: 'gap', instrumentId: ID, reason: String(time) },
  ...{ fromTime: time as EpochMs, toTime: time as EpochMs },
});

function open() {
  const clock = new FakeClock();
  const batches: (readonly MarketEvent[])[] = [];
  let overflows = 0;
  const outbox = new Outbox({
    clock,
    send: (events) => batches.push(events),
    onOverflow: () => overflows++,
  });
  return { clock, batches, outbox, overflows: () => overflows };
}

it('sends what came in a moment as one batch, in order', () => {
  const { clock, batches, outbox } = open();
  for (let time = 0; time < 10; time++) outbox.push(lost(time));
  expect(batches).toEqual([]);
  clock.advance(4);
  expect(batches).toEqual([Array.from({ length: 10 }, (_, time) => lost(time))]);
});

it('holds back while the other thread takes nothing, and loses nothing for it', () => {
  const { clock, batches, outbox } = open();
  for (let time = 0; time < 20; time++) {
    outbox.push(lost(time));
    clock.advance(10);
  }
  expect(batches).toHaveLength(16);
  outbox.onTaken();
  clock.advance(4);
  expect(batches.flat()).toEqual(Array.from({ length: 20 }, (_, time) => lost(time)));
});

it('stays bounded when nobody takes: what it drops is a gap, and the book is lost', () => {
  const { clock, batches, outbox, overflows } = open();
  for (let time = 0; time < 16; time++) {
    outbox.push(lost(time));
    clock.advance(4);
  }
  for (let time = 100; time < 200_101; time++) outbox.push(lost(time));
  expect(overflows()).toBe(1);
  outbox.onTaken();
  clock.advance(4);
  const reason = 'Tapedeck was too busy to take what came';
  const receivedTime = clock.now();
  expect(batches.slice(16).flat()).toEqual([
    { kind: 'bookLost', instrumentId: ID, reason, receivedTime: expect.any(Number) },
    { ...lost(100), toTime: expect.any(Number), reason },
    lost(200_100),
  ]);
  expect(receivedTime).toBeGreaterThan(0);
});

it('sends the rest when it is disposed of, and leaves no timer', () => {
  const { clock, batches, outbox } = open();
  outbox.push(lost(1));
  outbox.dispose();
  clock.advance(100);
  expect(batches).toEqual([[lost(1)]]);
});
