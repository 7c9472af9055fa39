import type { Ground } from '../ground.ts';
import { type Notice, type NoticeLedger, UserNotices } from '../user-notices.ts';

/** Says that the tape cannot be written, and that it can again: to the log and to the user. */
export function tapeTrouble(ground: Ground, ledger: NoticeLedger) {
  const { clock, log } = ground;
  const notices = new UserNotices(ground, ledger);
  const notify = (wording: Pick<Notice, 'severity' | 'title' | 'body'>): void =>
    notices.tell({
      ...wording,
      ...{ id: `tape-${clock.now()}`, kind: 'system', source: {} },
    });
  return {
    onFailure: (reason: string): void => {
      log.error({ reason }, 'the tape cannot be written');
      notify({ severity: 'critical', title: 'The tape cannot be written', body: reason });
    },
    onRecovery: (): void => {
      log.info({}, 'the tape is written again');
      const body = 'What there was no room for meanwhile is marked as a gap.';
      notify({ severity: 'info', title: 'The tape is written again', body });
    },
  };
}
