import { describe, expect, it } from 'vitest';
import type { TapedeckBridge } from '#contract/bridge.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BridgeTransport } from './bridge-transport.ts';
import type { ConnectionState } from './transport.ts';

/** A bridge whose other end is the test. */
function startOnBridge() {
  const opened: { onClosed: () => void }[] = [];
  const bridge: TapedeckBridge = {
    call: () => Promise.reject(new Error('gone')),
    open: (_onPushes, onClosed) => opened.push({ onClosed }),
    onReveal: () => undefined,
    speak: () => undefined,
  };
  const clock = new FakeClock();
  const states: ConnectionState[] = [];
  const transport = new BridgeTransport(bridge, clock);
  transport.start({ onPushes: () => undefined, onConnection: (state) => states.push(state) });
  return { transport, opened, clock, kinds: () => states.map(({ kind }) => kind), states };
}

describe('the bridge as a way to the hub', () => {
  it('is there at once', () => {
    const { opened, kinds } = startOnBridge();
    expect(opened).toHaveLength(1);
    expect(kinds()).toEqual(['connected']);
  });

  it('[B7] comes back a second after the page was sent away for being slow', () => {
    const { opened, clock, kinds, states } = startOnBridge();
    opened[0]?.onClosed();
    expect(states.at(-1)).toMatchObject({ kind: 'refused', code: 'slow_consumer' });
    clock.advance(999);
    expect(opened).toHaveLength(1);
    clock.advance(1);
    expect(opened).toHaveLength(2);
    expect(kinds()).toEqual(['connected', 'refused', 'connected']);
  });

  it('comes back by hand before, and only once', () => {
    const { transport, opened, clock } = startOnBridge();
    opened[0]?.onClosed();
    transport.retryNow();
    clock.advance(5_000);
    expect(opened).toHaveLength(2);
  });

  it('does not come back once it was stopped', () => {
    const { transport, opened, clock, kinds } = startOnBridge();
    opened[0]?.onClosed();
    transport.stop();
    clock.advance(5_000);
    expect(opened).toHaveLength(1);
    expect(kinds().at(-1)).toBe('stopped');
  });
});
