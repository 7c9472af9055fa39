import type { AckOf, ClientEvent, ClientPayload } from './client-events.ts';
import type { Push } from './pushes.ts';

/**
 * The desktop's bridge: all that the sandboxed page is given. Each IPC channel once, with its types;
 * the page speaks the hub's events through it and cannot tell it from a socket.
 */
export const IPC = {
  /** page → main, answered: one client event. */
  hubCall: 'hub:call',
  /** page → main: the page is ready for pushes (sent after each load). */
  hubOpen: 'hub:open',
  /** main → page: the pushes of one flush. */
  hubPushes: 'hub:pushes',
  /** main → page: show what a clicked native notification is about. */
  reveal: 'shell:reveal',
} as const;

export interface RevealTarget {
  readonly botId?: string;
  readonly fillId?: string;
}

export interface TapedeckBridge {
  readonly call: <E extends ClientEvent>(event: E, payload: ClientPayload<E>) => Promise<AckOf<E>>;
  /** Opens this page's session with the hub; the listener gets the pushes of each flush. */
  readonly open: (onPushes: (pushes: readonly Push[]) => void) => void;
  readonly onReveal: (listener: (target: RevealTarget) => void) => void;
}

/** Under this name preload puts the bridge on `window`. */
export const BRIDGE_KEY = 'tapedeck';
