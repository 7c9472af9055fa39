import { useCallback, useState } from 'react';
import type { InstrumentId } from '#domain/instrument.ts';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { removeInstrument } from './instrument-removal.ts';

/** The removal of an instrument, with what the hub said no with. */
export function useRemoval() {
  const client = useHubClient();
  const { market, notices } = useStores();
  const [error, setError] = useState<string | null>(null);
  const remove = useCallback(
    async (id: InstrumentId) => {
      setError(null);
      const reply = await removeInstrument({ client, market, notices }, id);
      if (!reply.ok) setError(reply.error.message);
    },
    [client, market, notices],
  );
  return { error, remove };
}
