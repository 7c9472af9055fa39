import { useCallback, useEffect, useState } from 'react';
import type { RequestResult } from '#contract/requests.ts';
import { useHubClient } from '../../app/app-context.ts';

type TapeInfo = RequestResult<'tape.info'>;

export interface TapeInfoState {
  /** Null until the hub has answered. */
  readonly info: TapeInfo | null;
  readonly error: string | null;
  readonly reload: () => void;
}

/** What is on the tape, as of when it was asked for: at every connection, and by `reload`. */
export function useTapeInfo(): TapeInfoState {
  const client = useHubClient();
  const [info, setInfo] = useState<TapeInfo | null>(null);
  const [error, setError] = useState<string | null>(null);
  const reload = useCallback(() => {
    void client.request('tape.info').then((reply) => {
      setError(reply.ok ? null : reply.error.message);
      if (reply.ok) setInfo(reply.value);
    });
  }, [client]);
  useEffect(
    () => client.onConnection(({ kind }) => (kind === 'connected' ? reload() : undefined)),
    [client, reload],
  );
  return { info, error, reload };
}
