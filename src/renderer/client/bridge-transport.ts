import { BRIDGE_KEY, type TapedeckBridge } from '#contract/bridge.ts';
import type { AckOf, ClientEvent, ClientPayload } from '#contract/client-events.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubTransport, TransportHandlers } from './transport.ts';
import { unanswered } from './unreached.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; a browser has none. */
    readonly [BRIDGE_KEY]?: TapedeckBridge;
  }
}

export const desktopBridge = (): TapedeckBridge | undefined => window[BRIDGE_KEY];

/** How long a page that was sent away for being slow takes breath. */
const REOPEN_AFTER_MS = 1_000;

/** The desktop's way to the hub: same process tree, so that it is there or the window is gone. */
export class BridgeTransport implements HubTransport {
  readonly #bridge: TapedeckBridge;
  readonly #clock: TimerClock;
  #handlers: TransportHandlers | null = null;
  #cancelReopen: (() => void) | null = null;

  constructor(bridge: TapedeckBridge, clock: TimerClock) {
    this.#bridge = bridge;
    this.#clock = clock;
  }

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#open();
  }

  async call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>> {
    try {
      return await this.#bridge.call(event, payload);
    } catch {
      return unanswered(event, payload, 'monitor');
    }
  }

  retryNow(): void {
    if (this.#cancelReopen) this.#open();
    else this.#handlers?.onConnection({ kind: 'connected' });
  }

  #open(): void {
    this.#cancelReopen?.();
    this.#cancelReopen = null;
    this.#bridge.open(
      (pushes) => this.#handlers?.onPushes(pushes),
      () => this.#closed(),
    );
    this.#handlers?.onConnection({ kind: 'connected' });
  }

  /** The page has left too much unread (rule B7); what it missed comes with the next session (B4). */
  #closed(): void {
    const nextTryTime = (this.#clock.now() + REOPEN_AFTER_MS) as EpochMs;
    this.#cancelReopen?.();
    this.#cancelReopen = this.#clock.setTimeout(() => this.#open(), REOPEN_AFTER_MS);
    const state = { kind: 'refused', code: 'slow_consumer', attempt: 1 } as const;
    this.#handlers?.onConnection({ ...state, nextTryTime });
  }

  stop(): void {
    this.#cancelReopen?.();
    this.#cancelReopen = null;
    this.#handlers?.onConnection({ kind: 'stopped' });
    this.#handlers = null;
  }
}
