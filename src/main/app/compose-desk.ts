import type { HubLimits } from '#contract/hub-limits.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Clock } from '#domain/clock.ts';
import { Announcements } from '#main/desk/announcements.ts';
import { Desk } from '#main/desk/desk.ts';
import { DEFAULT_HUB_LIMITS } from '#main/hub/limits/hub-limits.ts';
import { RateGate } from '#main/hub/limits/rate-gate.ts';
import { Journal, type JournalStore } from '#main/journal/journal.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { asPage } from './requests/bot-requests.ts';

/** Announcements that a newcomer is shown. */
const SHOWN_ANNOUNCEMENTS = 100;

interface DeskSurroundings {
  readonly userId: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
  /** Those that differ from the hub's defaults. */
  readonly hubLimits?: Partial<HubLimits> | undefined;
}

/** What people on one hub tell one another, and what they note for themselves. */
export function composeDesk({ ledger, hubLimits, ...shared }: DeskSurroundings) {
  const { eventRate, eventRates } = { ...DEFAULT_HUB_LIMITS, ...hubLimits };
  // What the hub lets one connection say, of one user, however many connections he has.
  const rate = new RateGate<'desk:send'>(eventRates['desk:send'] ?? eventRate);
  const desk = new Desk({
    ...shared,
    store: ledger.desk,
    admits: (userId) => rate.admits('desk:send', userId),
  });
  const newest = ledger.announcements.list({ limit: SHOWN_ANNOUNCEMENTS });
  const announcements = new Announcements({
    ...shared,
    store: {
      insert: (announcement, notification) =>
        ledger.transaction(() => {
          ledger.announcements.insert(announcement);
          ledger.notifications.insert(notification);
          const { userId, clock } = shared;
          ledger.channelLog.append({ of: 'notification', userId, notification }, clock.now());
        }),
    },
    earlier: newest.ok ? newest.value.items.toReversed() : [],
  });
  const { clock, createId } = shared;
  const journal = new Journal({ clock, createId, store: journalStore(ledger) });
  return { desk, announcements, journal };
}

const journalStore = ({ journal }: Ledger): JournalStore => ({
  ...journal,
  list: (userId, request) => asPage(journal.list(userId, request)),
});
