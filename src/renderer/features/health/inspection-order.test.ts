import { describe, expect, it } from 'vitest';
import {
  AS_THEY_CAME,
  MOST_LISTENED,
  nextChannelSorting,
  nextClientSorting,
} from './inspection-order.ts';

describe('the order of clients', () => {
  it('is that in which they came, until a heading asks for the most, the least, and not any more', () => {
    const most = nextClientSorting(AS_THEY_CAME, 'sent');
    expect(most).toEqual({ key: 'sent', isDescending: true });
    const least = nextClientSorting(most, 'sent');
    expect(least).toEqual({ key: 'sent', isDescending: false });
    expect(nextClientSorting(least, 'sent')).toEqual(AS_THEY_CAME);
  });

  it('begins with A where it is one of words, and with who is behind where it is one of states', () => {
    expect(nextClientSorting(AS_THEY_CAME, 'user').isDescending).toBe(false);
    expect(nextClientSorting(AS_THEY_CAME, 'state').isDescending).toBe(true);
  });
});

describe('the order of channels', () => {
  it('is the most listened to first', () => {
    expect(nextChannelSorting(MOST_LISTENED, 'subscribers').isDescending).toBe(false);
    expect(nextChannelSorting(MOST_LISTENED, 'channel')).toEqual({
      ...{ key: 'channel', isDescending: false },
    });
  });
});
