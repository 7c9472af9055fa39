import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { PacedView, sameItems } from './paced-view.ts';

const PERIOD_MS = 300;

function start(initial: readonly string[]) {
  const clock = new FakeClock();
  const listeners = new Set<() => void>();
  let items = initial;
  let derived = 0;
  const view = new PacedView({
    sources: [
      {
        subscribe: (listener: () => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    ],
    derive: () => {
      derived += 1;
      return items;
    },
    isSame: sameItems,
    periodMs: PERIOD_MS,
    clock,
  });
  const set = (next: readonly string[]) => {
    items = next;
    for (const listener of listeners) listener();
  };
  return { clock, listeners, view, set, derivations: () => derived };
}

describe('PacedView', () => {
  it('is worked out once a period, however often its sources change', () => {
    const { clock, view, set, derivations } = start(['a', 'b']);
    let told = 0;
    view.subscribe(() => {
      told += 1;
    });
    const before = derivations();
    for (let change = 0; change < 20; change += 1) set(change % 2 === 0 ? ['b', 'a'] : ['a', 'b']);
    set(['b', 'a']);
    expect(view.current()).toEqual(['a', 'b']);
    clock.advance(PERIOD_MS);
    expect(view.current()).toEqual(['b', 'a']);
    expect([told, derivations() - before]).toEqual([1, 1]);
  });

  it('shows a change at once where it was quiet before', () => {
    const { clock, view, set } = start(['a']);
    view.subscribe(() => undefined);
    clock.advance(PERIOD_MS);
    set(['b']);
    expect(view.current()).toEqual(['b']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps its identity, and tells nobody, where nothing looks different', () => {
    const { clock, view, set } = start(['a']);
    let told = 0;
    view.subscribe(() => {
      told += 1;
    });
    const known = view.current();
    set(['a']);
    clock.advance(PERIOD_MS);
    expect(view.current()).toBe(known);
    expect(told).toBe(0);
  });

  it('waits while a hand is on it', () => {
    const { clock, view, set } = start(['a', 'b']);
    view.subscribe(() => undefined);
    set(['b', 'a']);
    view.postpone(1_000);
    clock.advance(900);
    expect(view.current()).toEqual(['a', 'b']);
    clock.advance(100);
    expect(view.current()).toEqual(['b', 'a']);
  });

  it('costs nothing while nobody listens, and is as new when somebody does again', () => {
    const { clock, listeners, view, set } = start(['a']);
    const end = view.subscribe(() => undefined);
    set(['b']);
    end();
    expect([listeners.size, clock.pendingTimers]).toEqual([0, 0]);
    expect(view.current()).toEqual(['a']);
    view.subscribe(() => undefined);
    expect(view.current()).toEqual(['b']);
  });
});
