import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { type FeedTiming, LatencyMeter } from './latency-meter.ts';

const NOW = 1_723_161_254_000 as EpochMs;
/** The recordings' clock: 1.27 s behind the exchange's. */
const OFFSET_MS = 1_270;

function connected(timing: FeedTiming = 'exchange') {
  const meter = new LatencyMeter(timing);
  meter.startConnection(NOW);
  let count = 0;
  /** An event that took so long to come. */
  const hear = (tookMs: number) => {
    const receivedTime = (NOW + tookMs + count++ * 10) as EpochMs;
    meter.hear((receivedTime - tookMs + OFFSET_MS) as EpochMs, receivedTime);
  };
  const measure = () => {
    meter.addSample({
      sentTime: NOW,
      exchangeTime: (NOW + 15 + OFFSET_MS) as EpochMs,
      receivedTime: (NOW + 30) as EpochMs,
    });
  };
  const read = () => meter.read((NOW + count * 10) as EpochMs);
  return { meter, hear, measure, read };
}

describe('LatencyMeter', () => {
  it('knows nothing before an event', () => {
    const { read } = connected();
    expect(read()).toEqual({ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null });
  });

  it('tells the true lag although our clock is behind, once the offset is measured', () => {
    const { hear, measure, read } = connected();
    measure();
    for (let i = 0; i < 100; i++) hear(38);
    expect(read()).toMatchObject({ lagMs: 38, clockOffsetMs: OFFSET_MS });
    expect(read().clockUncertaintyMs).toBeCloseTo(15, 1);
  });

  it('without a measurement tells the least that it can be, never less than nothing', () => {
    const { hear, read } = connected();
    for (let i = 0; i < 100; i++) hear(i === 50 ? 20 : 60);
    expect(read()).toEqual({ lagMs: 40, clockOffsetMs: null, clockUncertaintyMs: null });
  });

  it('follows the last events, and a single slow one does not count', () => {
    const { hear, measure, read } = connected();
    measure();
    for (let i = 0; i < 200; i++) hear(10);
    for (let i = 0; i < 51; i++) hear(500);
    expect(read().lagMs).toBe(500);
    for (let i = 0; i < 101; i++) hear(i === 7 ? 9_000 : 12);
    expect(read().lagMs).toBe(12);
  });

  it('does not take a past that was sent along for lateness', () => {
    const { meter, hear, measure, read } = connected();
    measure();
    for (let i = 0; i < 50; i++) {
      meter.hear((NOW - 3_600_000 + OFFSET_MS) as EpochMs, (NOW + 30) as EpochMs);
    }
    expect(read().lagMs).toBeNull();
    hear(38);
    expect(read().lagMs).toBe(38);
  });

  it('never tells less than nothing where the offset is off within its uncertainty', () => {
    const { meter, hear, read } = connected();
    meter.addSample({
      sentTime: NOW,
      exchangeTime: (NOW + OFFSET_MS) as EpochMs,
      receivedTime: (NOW + 200) as EpochMs,
    });
    hear(20);
    expect(read().lagMs).toBe(0);
  });

  it('does not believe a measurement that has events come before they happen', () => {
    const { meter, hear, measure, read } = connected();
    measure();
    hear(38);
    for (let i = 0; i < 150; i++) {
      // Its clock was set ahead.
      const receivedTime = (NOW + 2_000 + i) as EpochMs;
      meter.hear((receivedTime + OFFSET_MS + 5_000 - (i % 3 ? 50 : 30)) as EpochMs, receivedTime);
    }
    expect(read()).toEqual({ lagMs: 20, clockOffsetMs: null, clockUncertaintyMs: null });
  });

  it('has nothing to say of a recording, and needs no measurement of our own clock', () => {
    const recorded = connected('recorded');
    recorded.hear(38);
    expect(recorded.read().lagMs).toBeNull();
    const ours = new LatencyMeter('ours');
    ours.startConnection(NOW);
    ours.hear(NOW, (NOW + 2) as EpochMs);
    expect(ours.read(NOW)).toEqual({ lagMs: 2, clockOffsetMs: 0, clockUncertaintyMs: 0 });
  });
});
