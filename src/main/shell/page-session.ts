import { IPC, type RevealTarget } from '#contract/bridge.ts';
import type { Ack } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import type { HubSession, MonitorForShell, WindowPort } from './dependencies.ts';
import type { ShellWebContents } from './electron-modules.ts';

/** Runs a callback at the end of this turn of the event loop. The returned function cancels. */
export type Defer = (callback: () => void) => () => void;

/** Messages that a page may leave untaken before pushes wait for it, in the hub's bounded memory. */
const MOST_UNTAKEN = 8;

/** A page's session with the hub: what the hub pushes in one turn reaches the page in one message. */
export class PageSession implements WindowPort {
  readonly #contents: ShellWebContents;
  readonly #defer: Defer;
  readonly #onOverflow: () => void;
  readonly #session: HubSession;
  #unsent: Push[] = [];
  #untaken = 0;
  #onReady: (() => void) | null = null;
  #cancelSend: (() => void) | null = null;
  #closed = false;

  constructor(
    monitor: MonitorForShell,
    contents: ShellWebContents,
    { defer, onOverflow }: { readonly defer: Defer; readonly onOverflow: () => void },
  ) {
    this.#contents = contents;
    this.#defer = defer;
    this.#onOverflow = onOverflow;
    this.#session = monitor.openSession(this);
  }

  get isReady(): boolean {
    return this.#untaken < MOST_UNTAKEN;
  }

  whenReady(listener: () => void): void {
    this.#onReady = listener;
    if (this.isReady) this.#ready();
  }

  overflow(): void {
    this.#onOverflow();
  }

  /** The page has taken one message. */
  taken(): void {
    this.#untaken = Math.max(0, this.#untaken - 1);
    if (this.isReady) this.#ready();
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
    this.#onReady = null;
    this.#session.close();
  }

  deliver(pushes: readonly Push[]): void {
    if (this.#closed) return;
    for (const push of pushes) this.#unsent.push(push);
    if (this.#unsent.length > 0) this.#cancelSend ??= this.#defer(() => this.#send());
  }

  #send(): void {
    this.#cancelSend = null;
    const pushes = this.#unsent;
    this.#unsent = [];
    if (this.#contents.isDestroyed()) return;
    this.#untaken += 1;
    this.#contents.send(IPC.hubPushes, pushes);
  }

  #ready(): void {
    const listener = this.#onReady;
    this.#onReady = null;
    listener?.();
  }
}
