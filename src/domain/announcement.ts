import type { Severity } from './notification.ts';
import type { EpochMs } from './units.ts';

/** Something that the hub's owner tells everyone on it. */
export interface Announcement {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** May be empty. */
  readonly body: string;
  readonly createdTime: EpochMs;
}
