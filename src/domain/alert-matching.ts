import type {
  Alert,
  AlertInhibition,
  AlertLabel,
  AlertLabels,
  AlertMatchers,
  AlertSilence,
} from './alert.ts';
import type { EpochMs } from './units.ts';

/** All matchers must match; without any, nothing does. */
function matchesLabels(matchers: AlertMatchers, labels: AlertLabels): boolean {
  const wanted = Object.entries(matchers) as [AlertLabel, string][];
  return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
}

/** The silence that keeps an alert with these labels from being told at `time`. */
export const silenceOf = (
  labels: AlertLabels,
  silences: readonly AlertSilence[],
  time: EpochMs,
): AlertSilence | undefined =>
  silences.find(
    ({ matchers, startTime, endTime }) =>
      startTime <= time && time < endTime && matchesLabels(matchers, labels),
  );

/** Whether a firing alert keeps this one from being told. None inhibits itself. */
export const isInhibited = (
  alert: Alert,
  firing: Iterable<Alert>,
  inhibitions: readonly AlertInhibition[],
): boolean => {
  const relevant = inhibitions.filter(({ target }) => matchesLabels(target, alert.labels));
  if (relevant.length === 0) return false;
  for (const source of firing) {
    if (source.id === alert.id || source.state !== 'firing') continue;
    if (relevant.some((inhibition) => isSourceOf(inhibition, source, alert))) return true;
  }
  return false;
};

const isSourceOf = (
  { source: matchers, target: targetMatchers, equal }: AlertInhibition,
  source: Alert,
  target: Alert,
): boolean =>
  matchesLabels(matchers, source.labels) &&
  // Of two that are each both source and target neither mutes the other: both would be silent.
  !(matchesLabels(targetMatchers, source.labels) && matchesLabels(matchers, target.labels)) &&
  equal.every((label) => source.labels[label] === target.labels[label]);
