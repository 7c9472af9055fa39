import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { backtestView } from '../../stores/backtest.fixture.ts';
import { fromTimeInput, toTimeInput } from '../../ui/time-input.ts';
import {
  checkedSource,
  newSourceDraft,
  type SourceDraft,
  sourceDraftOf,
  sourceErrors,
  tapeDraft,
  wholeStretch,
} from './source-draft.ts';

const FROM = Date.UTC(2024, 7, 8, 12) as EpochMs;
const TO = (FROM + 3_600_000) as EpochMs;
const draft = (changes: Partial<SourceDraft>): SourceDraft => ({ ...newSourceDraft(), ...changes });
const wrong = (changes: Partial<SourceDraft>) =>
  sourceErrors(draft(changes)).flatMap(([field, error]) => (error ? [field] : []));

describe('what is played', () => {
  it('is all of the tape, or a stretch of it', () => {
    expect(checkedSource(newSourceDraft())).toEqual({ kind: 'tape' });
    expect(checkedSource(tapeDraft({ fromTime: FROM, toTime: TO }))).toEqual({
      ...{ kind: 'tape', fromTime: FROM, toTime: TO },
    });
    expect(wrong({ from: toTimeInput(TO), to: toTimeInput(FROM) })).toEqual(['from']);
    expect(wrong({ from: 'yesterday' })).toEqual(['from']);
  });

  it('reaches from the first to behind the last that there is', () => {
    const { from, to } = wholeStretch({ firstTime: FROM, lastTime: (TO + 400) as EpochMs });
    expect(fromTimeInput(from)).toBe(FROM);
    expect(fromTimeInput(to)).toBeGreaterThan(TO + 400);
    expect(wholeStretch(undefined)).toEqual({ from: '', to: '' });
  });

  it('is a file only where one is named by its whole path', () => {
    expect(wrong({ kind: 'recording', file: 'trades.ndjson' })).toEqual(['file']);
    expect(wrong({ kind: 'candleFile', file: '' })).toEqual(['file']);
    expect(wrong({ kind: 'recording', file: '/home/me/trades.ndjson' })).toEqual([]);
    expect(wrong({ kind: 'recording', file: 'C:\\trades.ndjson' })).toEqual([]);
    expect(checkedSource(draft({ kind: 'recording', file: ' /a.ndjson ', from: 'x' }))).toEqual({
      ...{ kind: 'recording', file: '/a.ndjson' },
    });
  });

  it('comes back from a backtest; that of a file as the same again, since its place is not told', () => {
    const ofTape = sourceDraftOf(
      backtestView('b1', { source: { kind: 'tape', fromTime: FROM, toTime: TO } }),
    );
    expect(checkedSource(ofTape)).toEqual({ kind: 'tape', fromTime: FROM, toTime: TO });
    const ofCandles = sourceDraftOf(
      backtestView('b2', { source: { kind: 'candles', interval: '5m' } }),
    );
    expect(checkedSource(ofCandles)).toEqual({ kind: 'candles', interval: '5m' });
    const ofFile = sourceDraftOf(
      backtestView('b3', { source: { kind: 'recording', name: 'a.ndjson' } }),
    );
    expect(checkedSource(ofFile)).toEqual({ kind: 'sameAs', backtestId: 'b3' });
  });
});
