import type { HubClient } from '../client/hub-client.ts';
import type { FrameBatcher } from './frame-batcher.ts';
import type { Stores } from './stores.ts';

/** What fills the stores. */
export interface SyncContext {
  readonly client: HubClient;
  readonly stores: Stores;
  readonly frames: FrameBatcher;
}

/** Runs at every connection: the first, and each after a loss. Returns its end. */
export const onEveryConnection = (client: HubClient, work: () => void): (() => void) =>
  client.onConnection((state) => {
    if (state.kind === 'connected') work();
  });
