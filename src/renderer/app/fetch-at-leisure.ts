import type { HubClient } from '../client/hub-client.ts';
import { systemClock } from '../client/system-clock.ts';
import type { ConnectionState } from '../client/transport.ts';
import { fetchOnly, fetchTheRest } from '../ui/fetched.ts';

/** What is shown first comes first. */
const AFTER_MS = 3_000;
/** A page that is never idle gets it all the same, a part at a time. */
const IDLE_WITHIN_MS = 2_000;

/** Between two parts, for a browser that does not tell when it is idle. */
const APART_MS = 200;

const nextIdle = (): Promise<void> =>
  new Promise((resolve) => {
    // Missing in Safari, whatever the types say.
    if ('requestIdleCallback' in window) {
      requestIdleCallback(() => resolve(), { timeout: IDLE_WITHIN_MS });
    } else systemClock.setTimeout(resolve, APART_MS);
  });

/** Whoever serves the page is the hub; at its start it is there, or there would be no page. */
const isGone = (connection: ConnectionState): boolean =>
  connection.kind === 'lost' ||
  (connection.kind === 'connecting' && connection.attempt > 0) ||
  (connection.kind === 'refused' && connection.nextTryTime !== null);

const untilReachable = (client: HubClient): Promise<void> =>
  new Promise((resolve) => {
    const end = client.onConnection((connection) => {
      if (isGone(connection)) return;
      resolve();
      queueMicrotask(() => end());
    });
  });

/**
 * Fetches the code of all panels and dialogs while nothing else is to be done. A page is left open for
 * days: what is opened in it when the hub is gone, or was replaced by another version, is there already.
 */
export function fetchAtLeisure(client: HubClient): void {
  fetchOnly(() => untilReachable(client));
  systemClock.setTimeout(() => void fetchTheRest(nextIdle), AFTER_MS);
}
