import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { toTimeInput } from '../../ui/time-input.ts';
import { checkedExport, type ExportDraft, isBackwards, NEW_EXPORT } from './export-draft.ts';

const [BTC, ETH] = ['demo:BTC/USDT', 'demo:ETH/USDT'] as InstrumentId[];
const RECORDED = [BTC, ETH] as InstrumentId[];
const [EARLY, LATE] = [1_760_000_000_000, 1_760_003_600_000];
const draft = (changes: Partial<ExportDraft>): ExportDraft => ({
  ...{ ...NEW_EXPORT, file: '/tmp/a.csv' },
  ...changes,
});

describe('an export as it is typed', () => {
  it('is of all that there is of the first instrument, where nothing more is said', () => {
    const asked = { instrumentId: BTC, format: 'csv', file: '/tmp/a.csv' };
    expect(checkedExport(draft({}), RECORDED)).toEqual(asked);
    expect(checkedExport(draft({ instrument: 'gone:A/B' }), RECORDED)).toEqual(asked);
  });

  it('is of a stretch that is open at an end or not', () => {
    const [from, to] = [toTimeInput(EARLY), toTimeInput(LATE)];
    const stretchOf = (typed: Partial<ExportDraft>) =>
      checkedExport(draft({ instrument: String(ETH), ...typed }), RECORDED);
    expect(stretchOf({ from, to })).toMatchObject({
      ...{ instrumentId: ETH, fromTime: EARLY, toTime: LATE },
    });
    expect(stretchOf({ from })).toMatchObject({ fromTime: EARLY });
    expect(stretchOf({ from })).not.toHaveProperty('toTime');
    expect(stretchOf({ to })).not.toHaveProperty('fromTime');
  });

  it('cannot begin while something is missing, or its end is not after its begin', () => {
    expect(checkedExport(NEW_EXPORT, RECORDED)).toBeNull();
    expect(checkedExport(draft({}), [])).toBeNull();
    for (const to of [toTimeInput(EARLY), toTimeInput(LATE)]) {
      const wrong = draft({ from: toTimeInput(LATE), to });
      expect([isBackwards(wrong), checkedExport(wrong, RECORDED)]).toEqual([true, null]);
    }
  });
});
