import { IPC, type RevealTarget } from '#contract/bridge.ts';
import type { Ack } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import type { HubSession, MonitorForShell } from './dependencies.ts';
import type { ShellWebContents } from './electron-modules.ts';

/** Runs a callback at the end of this turn of the event loop. The returned function cancels. */
export type Defer = (callback: () => void) => () => void;

/** A page's session with the hub: what the hub pushes in one turn reaches the page in one message. */
export class PageSession {
  readonly #contents: ShellWebContents;
  readonly #defer: Defer;
  readonly #session: HubSession;
  #unsent: Push[] = [];
  #cancelSend: (() => void) | null = null;
  #closed = false;

  constructor(monitor: MonitorForShell, contents: ShellWebContents, defer: Defer) {
    this.#contents = contents;
    this.#defer = defer;
    this.#session = monitor.openSession((pushes) => this.#deliver(pushes));
  }

  handle(event: string, payload: unknown): Promise<Ack<unknown>> {
    return this.#session.handle(event, payload);
  }

  reveal(target: RevealTarget): void {
    if (!this.#contents.isDestroyed()) this.#contents.send(IPC.reveal, target);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelSend?.();
    this.#unsent = [];
    this.#session.close();
  }

  #deliver(pushes: readonly Push[]): void {
    if (this.#closed) return;
    for (const push of pushes) this.#unsent.push(push);
    if (this.#unsent.length > 0) this.#cancelSend ??= this.#defer(() => this.#send());
  }

  #send(): void {
    this.#cancelSend = null;
    const pushes = this.#unsent;
    this.#unsent = [];
    if (!this.#contents.isDestroyed()) this.#contents.send(IPC.hubPushes, pushes);
  }
}
