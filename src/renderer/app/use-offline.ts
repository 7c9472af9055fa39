import { livenessOf, type NotLive } from '../stores/liveness.ts';
import { useConnection } from './app-context.ts';

/** That the hub is gone, for panels that depend on no feed; null while it is there. */
export function useOffline(): NotLive | null {
  const connection = useConnection((state) => state.connection);
  return livenessOf(connection, undefined);
}
