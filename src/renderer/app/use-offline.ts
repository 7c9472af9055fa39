import type { NotLive } from '../stores/liveness.ts';
import { useNotLive } from './app-context.ts';

/** That the hub is gone, for panels that depend on no feed; null while it is there. */
export function useOffline(): NotLive | null {
  return useNotLive(null);
}
