import { createStore } from 'zustand/vanilla';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ConnectionState } from '../client/transport.ts';

export interface ConnectionStoreState {
  readonly connection: ConnectionState;
  /** The connection stands, and the hub says nothing; null while it does. */
  readonly silentSince: EpochMs | null;
  readonly info: RequestResult<'system.info'> | null;
  /** Of the hub that served this page: it is of the same build. Null before any has said. */
  readonly pageVersion: string | null;
  readonly metrics: PushPayload<'metrics'> | null;
  /** Pushes that the contract does not know: a defect, so it is shown. */
  readonly rejectedPushes: number;
}

export const createConnectionStore = () =>
  createStore<ConnectionStoreState>(() => ({
    connection: { kind: 'connecting', attempt: 0 },
    silentSince: null,
    info: null,
    pageVersion: null,
    metrics: null,
    rejectedPushes: 0,
  }));

/** The hub is there and says so: what it said last holds. */
export const isHubHeard = ({
  connection,
  silentSince,
}: Pick<ConnectionStoreState, 'connection' | 'silentSince'>): boolean =>
  connection.kind === 'connected' && silentSince === null;

/** The version of a hub that has taken the place of the one that served this page; null where it is the same. */
export const otherVersion = ({
  info,
  pageVersion,
}: Pick<ConnectionStoreState, 'info' | 'pageVersion'>): string | null =>
  info === null || info.version === pageVersion ? null : info.version;

export type ConnectionStore = ReturnType<typeof createConnectionStore>;
