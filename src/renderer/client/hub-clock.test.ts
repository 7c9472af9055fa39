import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { HubClock } from './hub-clock.ts';

const MINUTE_MS = 60_000;

describe('HubClock', () => {
  it.each([10 * MINUTE_MS, -10 * MINUTE_MS])(
    'tells the time of a hub that is %d ms ahead',
    (ahead) => {
      const clock = new FakeClock(1_000_000_000);
      const hub = new HubClock(clock);
      expect(hub.now()).toBe(clock.now());
      for (const delayMs of [400, 20, 900]) hub.heard(clock.now() + ahead - delayMs);
      expect(hub.now()).toBe(clock.now() + ahead - 20);
    },
  );

  it('takes the way of a push for no skew', () => {
    const clock = new FakeClock(1_000_000_000);
    const hub = new HubClock(clock);
    hub.heard(clock.now() - 1_500);
    expect(hub.now()).toBe(clock.now());
  });

  it('follows a clock that is set, either way, within a minute', () => {
    const clock = new FakeClock(1_000_000_000);
    const hub = new HubClock(clock);
    let ahead = 10 * MINUTE_MS;
    for (const next of [0, -10 * MINUTE_MS, 5 * MINUTE_MS]) {
      ahead = next;
      for (let second = 0; second <= 61; second += 1) {
        clock.advance(1_000);
        hub.heard(clock.now() + ahead);
      }
      expect(hub.now()).toBe(clock.now() + ahead);
    }
  });
});
