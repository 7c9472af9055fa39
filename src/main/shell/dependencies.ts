import type { Ack } from '#contract/client-events.ts';
import type { Result } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import type { Notification } from '#domain/notification.ts';

/** One page's session with the hub. */
export interface HubSession {
  handle(event: string, payload: unknown): Promise<Ack<unknown>>;
  close(): void;
}

/** The page at the other end of a session. */
export interface WindowPort {
  /** False while the page has not taken what it was sent. */
  readonly isReady: boolean;
  /** Calls once, when it is ready again. */
  whenReady(listener: () => void): void;
  deliver(pushes: readonly Push[]): void;
  /** It has left too much unread: the session ends. */
  overflow(): void;
}

/** What the shell needs of the monitor; `main/app` provides it. */
export interface MonitorForShell {
  openSession(port: WindowPort): HubSession;
  /** Every notification, once, however many sessions are open. The returned function stops it. */
  onNotification(listener: (notification: Notification) => void): () => void;
  /** After sleep or a change of network: feeds reconnect at once. */
  resume(): void;
  /** Flushes everything to disk and stops. */
  close(): Promise<void>;
}

/** An expected failure (port, disk, database) is a value with one clear sentence as its message. */
export type StartMonitor = (dataDirectory: string) => Promise<Result<MonitorForShell>>;
