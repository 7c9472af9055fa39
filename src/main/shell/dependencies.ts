import type { Ack } from '#contract/client-events.ts';
import type { Result } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import type { Notification } from '#domain/notification.ts';

/** One page's session with the hub. */
export interface HubSession {
  handle(event: string, payload: unknown): Promise<Ack<unknown>>;
  close(): void;
}

/** What the shell needs of the monitor; `main/app` provides it. */
export interface MonitorForShell {
  openSession(deliver: (pushes: readonly Push[]) => void): HubSession;
  /** Every notification, once, however many sessions are open. The returned function stops it. */
  onNotification(listener: (notification: Notification) => void): () => void;
  /** After sleep or a change of network: feeds reconnect at once. */
  resume(): void;
  /** Flushes everything to disk and stops. */
  close(): Promise<void>;
}

/** An expected failure (port, disk, database) is a value with one clear sentence as its message. */
export type StartMonitor = (dataDirectory: string) => Promise<Result<MonitorForShell>>;
