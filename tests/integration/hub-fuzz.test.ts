import { describe, expect, it } from 'vitest';
import { faultsOf, fuzzHub } from '../fuzz/hub-fuzz.ts';

/** So short a run also sees code being compiled; the long one holds the hub to 5 %. */
const MAXIMAL_GROWTH = 0.15;

describe('[H6] malformed input of every kind (the short form of `npm run fuzz -- hub`)', () => {
  it.each([
    ['default', 700],
    ['unlimited', 2_300],
  ] as const)(
    'with %s limits: no crash, no leak, every refusal typed and counted',
    async (mode, count) => {
      const report = await fuzzHub({
        mode,
        seed: 20_260_101,
        count,
        warmUpMs: 0,
        settleMs: 0,
      });
      expect(faultsOf(report, MAXIMAL_GROWTH)).toEqual([]);
      expect(report.total).toBeGreaterThanOrEqual(count);
      const refused = Object.values(report.refusals).filter(({ counted }) => counted > 0);
      expect(refused.length).toBeGreaterThan(8);
    },
  );
});
