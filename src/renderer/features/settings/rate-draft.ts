import { fail, type Result, succeed } from '#contract/errors.ts';
import { type RateLimit, rateLimitSchema } from '#contract/hub-limits.ts';
import { hubWords } from '../../i18n/hub-words.ts';
import { translator } from '../../i18n/i18n.ts';

const MS_A_SECOND = 1_000;

/** A rate as it is typed, times in seconds. */
export interface RateDraft {
  readonly count: string;
  readonly seconds: string;
  /** Both empty: no more at once than that. */
  readonly burstCount: string;
  readonly burstSeconds: string;
}

export const RATE_FIELDS = ['count', 'seconds', 'burstCount', 'burstSeconds'] as const;

export const rateDraft = ({ count, periodMs, burst }: RateLimit): RateDraft => ({
  count: String(count),
  seconds: String(periodMs / MS_A_SECOND),
  burstCount: burst === undefined ? '' : String(burst.count),
  burstSeconds: burst === undefined ? '' : String(burst.periodMs / MS_A_SECOND),
});

const t = translator('settings');

/** The rate that was typed, or what is wrong with it: as the contract says, or that it is no number. */
export function readRate(draft: RateDraft): Result<RateLimit> {
  const { count, seconds, burstCount, burstSeconds } = draft;
  const hasBurst = `${burstCount}${burstSeconds}`.trim() !== '';
  const typed = hasBurst ? [count, seconds, burstCount, burstSeconds] : [count, seconds];
  if (typed.some((text) => text.trim() === '' || !Number.isFinite(Number(text)))) {
    return fail('invalid_payload', t('notANumber'));
  }
  const span = (many: string, long: string) => ({
    count: Number(many),
    periodMs: Math.round(Number(long) * MS_A_SECOND),
  });
  const parsed = rateLimitSchema.safeParse({
    ...span(count, seconds),
    ...(hasBurst && { burst: span(burstCount, burstSeconds) }),
  });
  if (parsed.success) return succeed(parsed.data);
  return fail('invalid_payload', hubWords(parsed.error.issues[0]?.message ?? 'invalid'));
}
