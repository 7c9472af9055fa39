import type { RequestInput } from '#contract/requests.ts';
import type { Alert } from '#domain/alert.ts';

const MINUTE_MS = 60_000;

export const SILENCE_DURATIONS = [
  { key: 'quarter', ms: 15 * MINUTE_MS },
  { key: 'hour', ms: 60 * MINUTE_MS },
  { key: 'workday', ms: 8 * 60 * MINUTE_MS },
  { key: 'day', ms: 24 * 60 * MINUTE_MS },
] as const;

/** Silences the rule about this very thing. */
export function silenceOfAlert(
  { labels, ruleName }: Pick<Alert, 'labels' | 'ruleName'>,
  durationMs: number,
): RequestInput<'alerts.silence'> {
  const { rule, instrument, bot, feed } = labels;
  const matchers = {
    ...(rule !== undefined && { rule }),
    ...(instrument !== undefined && { instrument }),
    ...(bot !== undefined && { bot }),
    ...(feed !== undefined && { feed }),
  };
  return { matchers, durationMs, comment: ruleName };
}
