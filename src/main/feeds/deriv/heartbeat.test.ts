import { expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Heartbeat } from './heartbeat.ts';

function beating() {
  const clock = new FakeClock();
  let pings = 0;
  const connection = {
    get lastHeardTime() {
      return clock.now();
    },
    request: async () => {
      pings += 1;
      return { ok: true, value: true } as never;
    },
  };
  const heartbeat = new Heartbeat(connection, clock);
  const beat = async () => {
    await heartbeat.beat();
    return pings;
  };
  return { clock, beat };
}

it('keeps a session from idling out by a ping each half minute', async () => {
  const { clock, beat } = beating();
  clock.advance(29_000);
  expect(await beat()).toBe(0);
  clock.advance(1_000);
  expect(await beat()).toBe(1);
});

it('pings at once where the clock was set back, and then as before', async () => {
  const { clock, beat } = beating();
  clock.jump(-3_600_000);
  expect(await beat()).toBe(1);
  clock.advance(29_000);
  expect(await beat()).toBe(1);
  clock.advance(1_000);
  expect(await beat()).toBe(2);
});
