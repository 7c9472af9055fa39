import type { Push } from '#contract/pushes.ts';
import type { SessionSink } from '../session/session.ts';

/** A client in this process: a desktop's window, at the other end of its bridge. */
export interface WindowPort {
  /** False while the page has not taken what it was sent: pushes wait, in bounded memory (B7). */
  readonly isReady: boolean;
  /** Calls once, when it is ready again. */
  whenReady(listener: () => void): void;
  deliver(pushes: readonly Push[]): void;
  /** It has left too much unread: the session ends, and the page recovers with another one. */
  overflow(): void;
}

/**
 * The way to a window: it asks for no shorter form. Of bots and failures it hears by the
 * acknowledgements of what it calls.
 */
export const windowSink = (port: WindowPort): SessionSink => ({
  transport: 'window',
  get isReady() {
    return port.isReady;
  },
  whenReady: (listener) => port.whenReady(listener),
  // Only a handshake asks for anything but pushes, and a window has none.
  push: ({ messages }) => port.deliver(messages as readonly Push[]),
  notify: () => undefined,
  overflow: () => port.overflow(),
});
