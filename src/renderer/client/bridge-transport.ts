import { BRIDGE_KEY, type TapedeckBridge } from '#contract/bridge.ts';
import type { AckOf, ClientEvent, ClientPayload } from '#contract/client-events.ts';
import { fail } from '#contract/errors.ts';
import type { HubTransport, TransportHandlers } from './transport.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; a browser has none. */
    readonly [BRIDGE_KEY]?: TapedeckBridge;
  }
}

export const desktopBridge = (): TapedeckBridge | undefined => window[BRIDGE_KEY];

/** The desktop's way to the hub: same process tree, so that it is there or the window is gone. */
export class BridgeTransport implements HubTransport {
  readonly #bridge: TapedeckBridge;
  #handlers: TransportHandlers | null = null;

  constructor(bridge: TapedeckBridge) {
    this.#bridge = bridge;
  }

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#bridge.open((pushes) => this.#handlers?.onPushes(pushes));
    handlers.onConnection({ kind: 'connected' });
  }

  async call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>> {
    try {
      return await this.#bridge.call(event, payload);
    } catch {
      return fail('unavailable', 'The monitor did not answer');
    }
  }

  retryNow(): void {
    this.#handlers?.onConnection({ kind: 'connected' });
  }

  stop(): void {
    this.#handlers?.onConnection({ kind: 'stopped' });
    this.#handlers = null;
  }
}
