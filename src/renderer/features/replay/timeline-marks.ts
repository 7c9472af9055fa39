import { SEVERITIES, type Severity } from '#domain/notification.ts';

export interface TimedAlert {
  readonly time: number;
  readonly ruleName: string;
  readonly severity: Severity;
}

/** One or several alerts at one place of the timeline. */
export interface AlertMark {
  /** Of the first of them. */
  readonly time: number;
  /** Of the worst. */
  readonly severity: Severity;
  /** Each once. */
  readonly ruleNames: readonly string[];
}

interface Span {
  readonly fromTime: number;
  readonly toTime: number;
}

/** So many places can be told apart. */
const PLACES = 160;

/** Alerts by their places, so that a dense stretch stays one that can be read and clicked. */
export function alertMarks(
  alerts: readonly TimedAlert[],
  { fromTime, toTime }: Span,
): readonly AlertMark[] {
  const places = new Map<number, AlertMark>();
  for (const { time, ruleName, severity } of alerts) {
    if (time < fromTime || time >= toTime) continue;
    const place = Math.floor(((time - fromTime) / (toTime - fromTime)) * PLACES);
    const known = places.get(place) ?? { time, severity, ruleNames: [] };
    places.set(place, {
      time: Math.min(known.time, time),
      severity: worseOf(known.severity, severity),
      ruleNames: [...new Set([...known.ruleNames, ruleName])],
    });
  }
  return [...places.values()].sort((a, b) => a.time - b.time);
}

const worseOf = (one: Severity, other: Severity): Severity =>
  SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other) ? one : other;

/** Bars of these heights side by side, as a path in a box of their number by 1. */
export function volumePath(volumes: readonly number[]): string {
  const most = Math.max(...volumes, Number.MIN_VALUE);
  return volumes
    .flatMap((volume, at) =>
      volume > 0 ? [`M${at} 1V${(1 - volume / most).toFixed(3)}h1V1z`] : [],
    )
    .join('');
}
