import { useEffect, useState } from 'react';
import type { StrategyDescription } from '#contract/requests.ts';
import { useConnection, useHubClient } from '../../app/app-context.ts';

export interface Strategies {
  /** Null until the hub has answered. */
  readonly strategies: readonly StrategyDescription[] | null;
  readonly error: string | null;
}

/** The strategies that the hub knows; asked again when the connection is back. */
export function useStrategies(): Strategies {
  const client = useHubClient();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const [found, setFound] = useState<Strategies>({ strategies: null, error: null });
  useEffect(() => {
    if (!isConnected) return;
    let isWanted = true;
    void client.request('strategies.list').then((reply) => {
      if (!isWanted) return;
      if (reply.ok) setFound({ strategies: reply.value.strategies, error: null });
      else setFound({ strategies: null, error: reply.error.message });
    });
    return () => {
      isWanted = false;
    };
  }, [client, isConnected]);
  return found;
}
