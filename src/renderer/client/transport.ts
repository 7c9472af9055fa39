import type { BotCommand } from '#contract/bot-records.ts';
import type { AckOf, ClientEvent, ClientPayload } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import type { EpochMs } from '#domain/units.ts';

/** How the page stands to the hub. Everything on screen that is not `connected` is shown as not live. */
export type ConnectionState =
  /** `attempt` is 0 for the page's first, when there is nothing on screen to mistake for live. */
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'connected' }
  /** The connection broke or could not be made; the next try is at `nextTryTime` (rule H5). */
  | {
      readonly kind: 'lost';
      readonly reason: string;
      readonly attempt: number;
      readonly nextTryTime: EpochMs;
    }
  /**
   * The hub answered and said no: a bad session, another protocol version; or it ended the
   * connection and said why. Without a `nextTryTime` it asked not to come back: only by hand.
   */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly attempt: number;
      readonly nextTryTime: EpochMs | null;
    }
  | { readonly kind: 'stopped' };

export interface TransportHandlers {
  /** The pushes of one frame from the hub, in order. */
  onPushes(pushes: readonly Push[]): void;
  onConnection(state: ConnectionState): void;
  /** The connection stands, and nothing has come over it since then; null: something has again. */
  onSilence?(sinceTime: EpochMs | null): void;
  /** For a bot that reports over this connection; over the bridge none does. */
  onCommand?(command: BotCommand): void;
}

/** A way to the hub: a socket in a browser, the preload bridge in the desktop's window. */
export interface HubTransport {
  start(handlers: TransportHandlers): void;
  /** Never rejects: what could not be delivered or answered is `unavailable`. */
  call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>>;
  /** Tries to connect now instead of at `nextTryTime`. */
  retryNow(): void;
  stop(): void;
}
