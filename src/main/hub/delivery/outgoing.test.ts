import { describe, expect, it } from 'vitest';
import { channelOf } from '#contract/publications.ts';
import { SAMPLE_TIME, sampleTicker } from '#tests/fakes/publications.ts';
import type { Delivery } from '../dependencies.ts';
import { encodedOf } from './outgoing.ts';

const delivered = (offset: number): Delivery => ({
  ...{ channel: channelOf(sampleTicker(100)), epoch: 'e', prevOffset: offset - 1 },
  publications: [{ offset, timestamp: SAMPLE_TIME, data: sampleTicker(100) }],
});

describe('encodedOf', () => {
  it('encodes a delivery once for all sessions that are given it in a row', () => {
    const [first, second] = [delivered(1), delivered(2)];
    const { frames } = encodedOf(first).full;
    expect(encodedOf(first).full.frames).toBe(frames);
    expect(encodedOf(second).full.frames).not.toEqual(frames);
  });
});
