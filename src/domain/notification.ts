import type { EpochMs } from './units.ts';

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something the user should hear of: a fill, an alert, a bot that stopped. */
export interface Notification {
  readonly id: string;
  readonly kind: 'fill' | 'bot' | 'feed' | 'alert' | 'announcement' | 'system';
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  /** What it is about, so that a click can go there. */
  readonly source: {
    readonly botId?: string;
    readonly fillId?: string;
    readonly alertId?: string;
  };
  /** Whether it is heard as well as seen; where it is not said, as the shell does. */
  readonly sound?: boolean;
  readonly read: boolean;
  readonly createdTime: EpochMs;
}
