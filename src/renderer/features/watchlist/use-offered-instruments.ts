import { useEffect, useState } from 'react';
import type { Instrument } from '#domain/instrument.ts';
import { useHubClient } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';

/** Whoever types is not asked about each letter. */
const TYPING_MS = 200;
const MOST_OFFERED = 40;

export type Offered =
  | { readonly kind: 'searching' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'found'; readonly instruments: readonly Instrument[] };

/** What else there is of what was typed, of the exchanges whose markets the hub knows. */
export function useOfferedInstruments(text: string): Offered {
  const client = useHubClient();
  const [offered, setOffered] = useState<Offered>({ kind: 'searching' });
  useEffect(() => {
    let isCurrent = true;
    setOffered({ kind: 'searching' });
    const cancel = systemClock.setTimeout(async () => {
      const reply = await client.request('instruments.search', { text, limit: MOST_OFFERED });
      if (!isCurrent) return;
      setOffered(
        reply.ok
          ? { kind: 'found', instruments: reply.value.instruments }
          : { kind: 'failed', message: reply.error.message },
      );
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      cancel();
    };
  }, [client, text]);
  return offered;
}
