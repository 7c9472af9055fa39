import { describe, expect, it } from 'vitest';
import type { Severity } from '#domain/notification.ts';
import { alertMarks, volumePath } from './timeline-marks.ts';

const SPAN = { fromTime: 1_000, toTime: 17_000 };
const alert = (time: number, ruleName: string, severity: Severity = 'info') => ({
  ...{ time, ruleName, severity },
});

describe('marks of alerts', () => {
  it('stand where they fired, those of one place as one with its worst severity', () => {
    const alerts = [
      alert(5_000, 'late'),
      alert(1_090, 'b', 'critical'),
      alert(1_010, 'a', 'warning'),
      alert(1_020, 'a'),
    ];
    expect(alertMarks(alerts, SPAN)).toEqual([
      { time: 1_010, severity: 'critical', ruleNames: ['b', 'a'] },
      { time: 5_000, severity: 'info', ruleNames: ['late'] },
    ]);
  });

  it('are none of what lies beside the stretch', () => {
    const alerts = [alert(999, 'a'), alert(17_000, 'b'), alert(16_999, 'in')];
    expect(alertMarks(alerts, SPAN).map(({ ruleNames }) => ruleNames)).toEqual([['in']]);
  });
});

describe('volumePath', () => {
  it('has a bar as high as the share of the most', () => {
    expect(volumePath([2, 0, 1])).toBe('M0 1V0.000h1V1zM2 1V0.500h1V1z');
    expect(volumePath([0, 0])).toBe('');
    expect(volumePath([])).toBe('');
  });
});
