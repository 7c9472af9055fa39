import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { watchWaking } from './wake-watch.ts';

function watched(first: readonly string[] = ['192.168.1.20']) {
  const clock = new FakeClock();
  let sleptMs = 0;
  let addresses = first;
  let wakes = 0;
  const stop = watchWaking({
    // A machine that slept: its clock went on, its timers did not.
    clock: {
      now: () => (clock.now() + sleptMs) as EpochMs,
      setTimeout: (...all) => clock.setTimeout(...all),
      setInterval: (...all) => clock.setInterval(...all),
    },
    addresses: () => addresses,
    onWake: () => {
      wakes++;
    },
  });
  const look = () => {
    clock.advance(5_000);
    return wakes;
  };
  return {
    ...{ clock, stop, look },
    sleep: (durationMs: number) => {
      sleptMs += durationMs;
    },
    move: (to: readonly string[]) => {
      addresses = to;
    },
  };
}

describe('watchWaking', () => {
  it('[F3] notices sleep by a look that comes much too late, once', () => {
    const { look, sleep } = watched();
    expect([look(), look()]).toEqual([0, 0]);
    sleep(29_000);
    expect(look()).toBe(0);
    sleep(3_600_000);
    expect([look(), look()]).toEqual([1, 1]);
  });

  it('[F3] notices an address that is gone, and a network that is back', () => {
    const { look, move } = watched();
    move(['10.0.0.7']);
    expect(look()).toBe(1);
    move([]);
    expect(look()).toBe(2);
    move(['192.168.1.20']);
    expect([look(), look()]).toEqual([3, 3]);
  });

  it('does not mind an address that joins others: sockets live on', () => {
    const { look, move } = watched();
    move(['192.168.1.20', '10.8.0.2']);
    expect(look()).toBe(0);
  });

  it('leaves no timer behind', () => {
    const { clock, stop } = watched();
    stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
