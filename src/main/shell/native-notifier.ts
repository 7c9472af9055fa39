import type { RevealTarget } from '#contract/bridge.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Notification } from '#domain/notification.ts';
import { type BurstSummary, NotificationBurst } from '#domain/notification-burst.ts';
import type { MonitorForShell } from './dependencies.ts';
import type { ElectronModules, ShellNotification } from './electron-modules.ts';
import type { ShellWords } from './shell-words.ts';

export interface NativeNotifierOptions {
  readonly notifications: ElectronModules['Notification'];
  readonly monitor: MonitorForShell;
  readonly clock: TimerClock;
  /** Says it in the user's language. */
  readonly sayNotice: ShellWords['sayNotice'];
  readonly onClick: (target: RevealTarget) => void;
}

/** Some systems never say that a notification was closed; the oldest are let go. */
const MOST_KEPT = 50;

/** Raises each notification once in the operating system, however many windows are open (rule N1). */
export class NativeNotifier {
  readonly #options: NativeNotifierOptions;
  readonly #burst = new NotificationBurst();
  /** Kept from the garbage collector: a collected notification no longer hears its click. */
  readonly #shown = new Set<ShellNotification>();
  #summary: ShellNotification | null = null;
  #cancelSummary: (() => void) | null = null;
  #stopListening: (() => void) | null = null;

  constructor(options: NativeNotifierOptions) {
    this.#options = options;
    if (!options.notifications.isSupported()) return;
    this.#stopListening = options.monitor.onNotification((notification) =>
      this.#take(notification),
    );
  }

  /** Nothing is shown after this, not even a summary that was due. */
  dispose(): void {
    this.#stopListening?.();
    this.#stopListening = null;
    this.#cancelSummary?.();
    this.#cancelSummary = null;
    this.#shown.clear();
  }

  #take(notification: Notification): void {
    const { clock } = this.#options;
    if (this.#burst.offer(notification, clock.now()) === 'show') {
      this.#show(notification, notification.source);
      return;
    }
    const { dueTime } = this.#burst;
    if (dueTime === null) return;
    this.#cancelSummary ??= clock.setTimeout(() => this.#showSummary(), dueTime - clock.now());
  }

  #showSummary(): void {
    this.#cancelSummary = null;
    const { clock } = this.#options;
    const summary = this.#burst.takeSummary(clock.now());
    if (summary === null) {
      // The machine's clock was set back while the timer ran.
      const wait = (this.#burst.dueTime ?? clock.now()) - clock.now();
      if (wait > 0) this.#cancelSummary = clock.setTimeout(() => this.#showSummary(), wait);
      return;
    }
    if (summary.replacesPrevious) this.#summary?.close();
    this.#summary = this.#show(wordsOf(summary), summary.latest.source, summary.replacesPrevious);
  }

  #show(
    words: Pick<Notification, 'kind' | 'title' | 'body' | 'severity' | 'sound'>,
    target: RevealTarget,
    silent = words.sound === false,
  ): ShellNotification {
    const { notifications, sayNotice, onClick } = this.#options;
    const { severity } = words;
    const { title, body } = sayNotice(words);
    const urgency = severity === 'critical' ? 'critical' : 'normal';
    const shown = new notifications({ title, body, silent, urgency });
    const forget = () => this.#shown.delete(shown);
    shown.on('click', () => {
      forget();
      onClick(target);
    });
    shown.on('close', forget);
    shown.on('failed', forget);
    this.#keep(shown);
    shown.show();
    return shown;
  }

  #keep(shown: ShellNotification): void {
    this.#shown.add(shown);
    const [oldest] = this.#shown;
    if (oldest && this.#shown.size > MOST_KEPT) this.#shown.delete(oldest);
  }
}

function wordsOf({
  count,
  latest,
}: BurstSummary): Pick<Notification, 'kind' | 'title' | 'body' | 'severity'> {
  const title = count === 1 ? '1 more fill' : `${count} more fills`;
  const { kind, severity } = latest;
  return { kind, title, body: `Latest: ${latest.title}`, severity };
}
