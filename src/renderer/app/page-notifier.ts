import type { RevealTarget } from '#contract/bridge.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Notification } from '#domain/notification.ts';
import { type BurstSummary, NotificationBurst } from '#domain/notification-burst.ts';
import { hubNotice } from '../i18n/hub-words.ts';
import { translator } from '../i18n/i18n.ts';

const t = translator('notifications');

/** What the browser's Notification API is used for here. */
export interface NotificationPopups {
  permission(): NotificationPermissionState;
  requestPermission(): Promise<NotificationPermissionState>;
  /** A popup with the tag of one that is on screen takes its place: several tabs show one. */
  show(popup: Popup): void;
}
export type NotificationPermissionState = 'default' | 'granted' | 'denied' | 'unsupported';

export interface Popup {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** Seen and not heard. */
  readonly silent: boolean;
  readonly onClick: () => void;
}

export interface PageNotifierOptions {
  readonly popups: NotificationPopups;
  readonly clock: TimerClock;
  readonly onClick: (target: RevealTarget) => void;
}

/** Raises the hub's notifications in the browser: each once, a burst of fills as one (rule N1). */
export class PageNotifier {
  readonly #options: PageNotifierOptions;
  readonly #burst = new NotificationBurst();
  #cancelSummary: (() => void) | null = null;

  constructor(options: PageNotifierOptions) {
    this.#options = options;
  }

  take(notification: Notification): void {
    const { popups, clock } = this.#options;
    if (popups.permission() !== 'granted') return;
    if (this.#burst.offer(notification, clock.now()) === 'show') {
      const { id: tag, source, sound } = notification;
      this.#show({ tag, ...hubNotice(notification), silent: sound === false }, source);
    } else {
      this.#scheduleSummary();
    }
  }

  stop(): void {
    this.#cancelSummary?.();
    this.#cancelSummary = null;
  }

  #scheduleSummary(): void {
    const { clock } = this.#options;
    const { dueTime } = this.#burst;
    if (dueTime === null) return;
    this.#cancelSummary ??= clock.setTimeout(
      () => this.#showSummary(),
      Math.max(1, dueTime - clock.now()),
    );
  }

  #showSummary(): void {
    this.#cancelSummary = null;
    const summary = this.#burst.takeSummary(this.#options.clock.now());
    // A clock that was set back leaves the summary for later.
    if (summary === null) this.#scheduleSummary();
    else {
      const words = {
        tag: GROUP_TAG,
        title: titleOf(summary),
        body: hubNotice(summary.latest).title,
      };
      this.#show({ ...words, silent: false }, summary.latest.source);
    }
  }

  #show(popup: Omit<Popup, 'onClick'>, target: RevealTarget): void {
    const { popups, onClick } = this.#options;
    popups.show({ ...popup, onClick: () => onClick(target) });
  }
}

const GROUP_TAG = 'tapedeck-fills';

const titleOf = ({ count }: BurstSummary): string => t('moreFills', { count });

/** Chrome on Android has it, lets it be permitted, and makes none for a page. */
let isRefused = false;
const isSupported = () => 'Notification' in window && !isRefused;

function made(title: string, options: NotificationOptions) {
  try {
    return new Notification(title, options);
  } catch {
    isRefused = true;
    return null;
  }
}

export const browserPopups: NotificationPopups = {
  permission: () => (isSupported() ? Notification.permission : 'unsupported'),
  requestPermission: async () =>
    isSupported() ? await Notification.requestPermission() : 'unsupported',
  show({ title, body, tag, silent, onClick }) {
    const popup = made(title, { body, tag, silent });
    if (popup === null) return;
    popup.onclick = () => {
      window.focus();
      popup.close();
      onClick();
    };
  },
};
