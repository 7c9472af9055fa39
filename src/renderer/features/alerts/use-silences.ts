import type { AlertSilence } from '#domain/alert.ts';
import type { EpochMs } from '#domain/units.ts';
import { useAlerts, useHubClient } from '../../app/app-context.ts';
import { useNow } from '../../ui/use-now.ts';

const CHECK_MS = 1_000;

/** Those that are not over by the hub's clock: it does not tell when one ends by itself. */
export function useSilences(): {
  readonly silences: readonly AlertSilence[];
  readonly now: EpochMs;
} {
  const now = useNow(CHECK_MS, useHubClient());
  const silences = useAlerts((state) => state.silences).filter(({ endTime }) => endTime > now);
  return { silences, now };
}
