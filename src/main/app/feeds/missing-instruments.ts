import type { Ground } from '../ground.ts';
import { type NoticeLedger, UserNotices } from '../user-notices.ts';

/** Says that an exchange no longer has what one of the kept feeds named: to the log and to the user. */
export function tellMissing(ground: Ground, ledger: NoticeLedger) {
  const notices = new UserNotices(ground, ledger);
  const { clock, log } = ground;
  return (spec: string, reasons: readonly string[]): void => {
    log.error({ spec, reasons }, 'a feed goes on without some of its instruments');
    for (const [index, reason] of reasons.entries()) {
      notices.tell({
        ...{ id: `missing-${clock.now()}-${index}-${spec}`, kind: 'system', severity: 'critical' },
        title: 'An instrument is gone',
        body: `${reason} The rest of the feed goes on; change it, and what trades there.`,
        source: {},
      });
    }
  };
}
