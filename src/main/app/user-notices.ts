import type { Notification } from '#domain/notification.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { isOutOfReach } from '#main/storage/sqlite-failure.ts';
import type { Ground } from './ground.ts';

export type NoticeLedger = Pick<Ledger, 'transaction' | 'notifications' | 'channelLog'>;
export type Notice = Omit<Notification, 'read' | 'createdTime'>;

/** While the ledger cannot be written it is looked again as often as its state is told. */
const TRY_AGAIN_MS = 5_000;
/** Of more than these the oldest say little that the newer do not. */
const MOST_UNKEPT = 200;

type Told = { readonly of: 'notification'; userId: string; notification: Notification };

/**
 * Tells the user what no step of a bot tells: kept, and then published. Where it cannot be kept (the disk may
 * be full, too) whoever listens in this process hears of it all the same; pages do when it is kept, which
 * is tried until it can be.
 */
export class UserNotices {
  readonly #ground: Ground;
  readonly #ledger: NoticeLedger;
  #unkept: readonly Told[] = [];
  #cancel: (() => void) | null = null;

  constructor(ground: Ground, ledger: NoticeLedger) {
    this.#ground = ground;
    this.#ledger = ledger;
    ground.lifecycle.onClose('notices', () => this.#cancel?.());
  }

  tell(notice: Notice): void {
    const { clock, log, userId, publications } = this.#ground;
    const notification: Notification = { ...notice, read: false, createdTime: clock.now() };
    const item = { of: 'notification', userId, notification } as const;
    try {
      this.#keep(item);
    } catch (err) {
      log.error({ err, kind: notice.kind }, 'a notification cannot be kept');
      // What is refused for another reason would be refused for ever, and hold up the others.
      if (isOutOfReach(err)) {
        this.#unkept = [...this.#unkept, item].slice(-MOST_UNKEPT);
        this.#tryLater();
      }
    }
    publications.publish(item);
  }

  #keep(item: Told): void {
    const { notifications, channelLog, transaction } = this.#ledger;
    transaction(() => {
      notifications.insert(item.notification);
      channelLog.append(item, item.notification.createdTime);
    });
  }

  #tryLater(): void {
    this.#cancel ??= this.#ground.clock.setTimeout(() => {
      this.#cancel = null;
      this.#keepTheRest();
    }, TRY_AGAIN_MS);
  }

  #keepTheRest(): void {
    try {
      for (const item of this.#unkept) {
        this.#keep(item);
        this.#unkept = this.#unkept.filter((one) => one !== item);
        this.#ground.publications.catchUp(item);
      }
    } catch {
      this.#tryLater();
    }
  }
}
