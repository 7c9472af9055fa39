import { createStore } from 'zustand/vanilla';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { ConnectionState } from '../client/transport.ts';

export interface ConnectionStoreState {
  readonly connection: ConnectionState;
  readonly info: RequestResult<'system.info'> | null;
  readonly metrics: PushPayload<'metrics'> | null;
  /** Pushes that the contract does not know: a defect, so it is shown. */
  readonly rejectedPushes: number;
}

export const createConnectionStore = () =>
  createStore<ConnectionStoreState>(() => ({
    connection: { kind: 'connecting', attempt: 0 },
    info: null,
    metrics: null,
    rejectedPushes: 0,
  }));
export type ConnectionStore = ReturnType<typeof createConnectionStore>;
