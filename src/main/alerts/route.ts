import type { Result } from '#contract/errors.ts';
import type { Alert, AlertDeliveryReason } from '#domain/alert.ts';
import type { Severity } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

/** What the user is told at once: the news of one group, in words and in full. */
export interface AlertMessage {
  /** The same for the same news: told again after a crash, it is told once. */
  readonly id: string;
  readonly reason: AlertDeliveryReason;
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  /** Whether it is heard as well as seen. */
  readonly sound: boolean;
  readonly firing: readonly Alert[];
  readonly resolved: readonly Alert[];
  readonly time: EpochMs;
}

/** A way to the user. What fails is recorded with the reason; routes of a network may take their time. */
export interface AlertRoute {
  readonly id: string;
  deliver(message: AlertMessage): Result<void> | Promise<Result<void>>;
}
