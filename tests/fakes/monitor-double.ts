import type { Ack } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import type { Notification } from '#domain/notification.ts';
import type { HubSession, MonitorForShell, WindowPort } from '#main/shell/dependencies.ts';

interface SessionRecord {
  readonly port: WindowPort;
  readonly deliver: (pushes: readonly Push[]) => void;
  readonly calls: { event: string; payload: unknown }[];
  closed: boolean;
}

/** A monitor that records what the shell asks of it and says what the test tells it to. */
export class MonitorDouble implements MonitorForShell {
  readonly sessions: SessionRecord[] = [];
  readonly #listeners = new Set<(notification: Notification) => void>();
  resumes = 0;
  closes = 0;
  answer: () => Promise<Ack<unknown>> = async () => ({ ok: true, result: 'done' });
  /** What `close()` waits for. */
  flushed: Promise<void> = Promise.resolve();

  get listeners(): number {
    return this.#listeners.size;
  }

  openSession(port: WindowPort): HubSession {
    const deliver = (pushes: readonly Push[]) => port.deliver(pushes);
    const record: SessionRecord = { port, deliver, calls: [], closed: false };
    this.sessions.push(record);
    return {
      handle: (event, payload) => {
        record.calls.push({ event, payload });
        return this.answer();
      },
      close: () => {
        record.closed = true;
      },
    };
  }
  onNotification(listener: (notification: Notification) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  resume(): void {
    this.resumes += 1;
  }
  close(): Promise<void> {
    this.closes += 1;
    return this.flushed;
  }

  notify(notification: Notification): void {
    for (const listener of this.#listeners) listener(notification);
  }
}
