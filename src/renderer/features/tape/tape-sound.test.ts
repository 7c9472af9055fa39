import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { TapeHit } from './tape-entry.ts';
import { TapeSound } from './tape-sound.ts';

const HIT = { kind: 'trade', level: 1, side: 'buy' } as unknown as TapeHit;

describe('TapeSound', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('leaves the tape alone where the browser has no audio for the page, and asks once', () => {
    let asked = 0;
    vi.stubGlobal('document', { hidden: false });
    vi.stubGlobal(
      'AudioContext',
      class {
        constructor() {
          asked += 1;
          throw new Error('no audio device');
        }
      },
    );
    const clock = new FakeClock(0);
    const sound = new TapeSound(clock);
    const on = { isSoundOn: true, soundFrom: 1, hearsLiquidations: true, volume: 1 };
    sound.set(on);
    for (let beep = 0; beep < 3; beep += 1) {
      expect(() => sound.hear(HIT)).not.toThrow();
      clock.advance(1_000);
    }
    expect(asked).toBe(1);
    // Turned on again by hand, it is tried again.
    sound.set(on);
    sound.hear(HIT);
    expect(asked).toBe(2);
  });
});
