import type { AckOf, ClientEvent, ClientPayload } from './client-events.ts';
import type { Language } from './languages.ts';
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
  /** page → main: one `hub:pushes` has been taken; a page that falls behind is sent less (B7). */
  hubTaken: 'hub:taken',
  /** main → page: the session has ended, the page left too much unread; it opens another one. */
  hubClosed: 'hub:closed',
  /** page → main: the language of the screen, for what is said outside of it. */
  language: 'shell:language',
  /** main → page: show what a clicked native notification is about. */
  reveal: 'shell:reveal',
} as const;

export interface RevealTarget {
  readonly botId?: string;
  readonly fillId?: string;
  readonly alertId?: string;
}

export interface TapedeckBridge {
  readonly call: <E extends ClientEvent>(event: E, payload: ClientPayload<E>) => Promise<AckOf<E>>;
  /**
   * Opens this page's session with the hub; `onPushes` gets the pushes of each flush, `onClosed` is
   * called when the hub has ended the session (`slow_consumer`).
   */
  readonly open: (onPushes: (pushes: readonly Push[]) => void, onClosed: () => void) => void;
  readonly onReveal: (listener: (target: RevealTarget) => void) => void;
  /** Notifications of the system speak the language of the screen, too. */
  readonly speak: (language: Language) => void;
}

/** Under this name preload puts the bridge on `window`. */
export const BRIDGE_KEY = 'tapedeck';
