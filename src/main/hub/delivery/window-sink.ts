import type { Push } from '#contract/pushes.ts';
import type { SessionSink } from '../session/session.ts';

/**
 * The way to a client in this process, a desktop's window: it takes all at once and asks for no
 * shorter form. Of bots and failures it hears by the acknowledgements of what it calls.
 */
export const windowSink = (deliver: (pushes: readonly Push[]) => void): SessionSink => ({
  isReady: true,
  whenReady: (listener) => listener(),
  // Only a handshake asks for anything but pushes, and a window has none.
  push: ({ messages }) => deliver(messages as readonly Push[]),
  notify: () => undefined,
  overflow: () => undefined,
});
