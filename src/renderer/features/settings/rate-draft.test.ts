import { expect, it } from 'vitest';
import { rateDraft, readRate } from './rate-draft.ts';

const BURST = { count: 2_048, periodMs: 30_000 };
const RATE = { count: 20, periodMs: 1_500 };

it.each([RATE, { ...RATE, burst: BURST }])('a rate is read as it is shown: %j', (rate) => {
  expect(readRate(rateDraft(rate))).toEqual({ ok: true, value: rate });
});

it.each([
  [{ count: '' }, 'not a number'],
  [{ seconds: 'often' }, 'not a number'],
  [{ burstSeconds: '' }, 'not a number'],
  [{ count: '0' }, '>=1'],
  [{ burstCount: '1.5' }, 'int'],
])('a rate that is wrong says why: %j', (typed, reason) => {
  const read = readRate({ ...rateDraft({ ...RATE, burst: BURST }), ...typed });
  expect(read.ok ? '' : read.error.message).toContain(reason);
});

it('a rate without more at once has none', () => {
  const draft = rateDraft({ ...RATE, burst: BURST });
  expect(readRate({ ...draft, burstCount: ' ', burstSeconds: '' })).toEqual({
    ok: true,
    value: RATE,
  });
});
