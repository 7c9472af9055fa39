import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import { NEW_PERFORMANCE } from '#domain/performance.ts';

/** What a stored bot has beside what a test is about. */
export const PLAIN_SETTINGS = { ...DEFAULT_BOT_SETTINGS, archivedTime: null } as const;

/** As the ledger's own rows. */
export const PLAIN_RUNTIME = {
  pausedBy: null,
  reason: null,
  isClosing: false,
  accountState: null,
  performance: NEW_PERFORMANCE,
} as const;
