import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, Price } from '#domain/units.ts';
import type { DerivPastTick } from './messages.ts';
import { TickMemory } from './tick-memory.ts';

const tick = (second: number, price: number): DerivPastTick => ({
  eventTime: (second * 1_000) as EpochMs,
  price: price as Price,
});

const tell = (memory: TickMemory, ticks: readonly DerivPastTick[]) =>
  ticks.flatMap((each) => {
    const admission = memory.admit(each);
    return admission.kind === 'new' ? [admission.tick] : [];
  });

describe('TickMemory', () => {
  it('gives the second as id, and the side by the tick rule', () => {
    const told = tell(new TickMemory(), [
      tick(1, 5),
      tick(3, 5),
      tick(5, 4),
      tick(7, 4),
      tick(9, 6),
    ]);
    expect(told.map(({ id, side }) => [id, side])).toEqual([
      ['1', 'buy'],
      ['3', 'buy'],
      ['5', 'sell'],
      ['7', 'sell'],
      ['9', 'buy'],
    ]);
  });

  it('numbers further prices of one second', () => {
    const told = tell(new TickMemory(), [tick(1, 5), tick(1, 6), tick(1, 7), tick(2, 7)]);
    expect(told.map(({ id }) => id)).toEqual(['1', '1-2', '1-3', '2']);
  });

  it('places a late tick by its time, and says so', () => {
    const memory = new TickMemory();
    tell(memory, [tick(1, 5), tick(3, 7)]);
    expect(memory.admit(tick(2, 4))).toMatchObject({
      kind: 'new',
      tick: { id: '2', side: 'sell' },
      isLate: true,
    });
    expect(memory.between(1_000, 2_000).map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('does not take for new what it may have forgotten', () => {
    const memory = new TickMemory(10);
    tell(
      memory,
      Array.from({ length: 11 }, (_, second) => tick(second, 1)),
    );
    expect(memory.admit(tick(2, 1))).toEqual({ kind: 'tooOld' });
    expect(memory.admit(tick(10, 1))).toEqual({ kind: 'known' });
  });

  it('tells each tick once and with an id of its own, however often and in whatever order it comes', () => {
    const ticks = fc.array(
      fc.record({ second: fc.nat(20), price: fc.integer({ min: 1, max: 4 }) }),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(ticks, (list) => {
        const told = tell(
          new TickMemory(),
          list.map(({ second, price }) => tick(second, price)),
        );
        const distinct = new Set(list.map(({ second, price }) => `${second} ${price}`));
        expect(told.length).toBe(distinct.size);
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
      }),
    );
  });

  it('identifies the past as it would have been told live, and ticks that were told as they were', () => {
    const past = [tick(1, 5), tick(2, 6), tick(2, 7), tick(3, 7), tick(4, 3)];
    const live = new TickMemory();
    const told = tell(live, past);
    expect(new TickMemory().identify(past)).toEqual(told);
    expect(live.identify(past)).toEqual(told);
    const before = new TickMemory();
    tell(before, past.slice(0, 1));
    expect(before.identify(past.slice(1))).toEqual(told.slice(1));
    expect(before.between(0, 10_000).length).toBe(1);
  });
});
