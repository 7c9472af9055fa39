import { useCallback, useEffect, useState } from 'react';
import type { RequestResult } from '#contract/requests.ts';
import { useHubClient } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';

type TapeInfo = RequestResult<'tape.info'>;

export interface TapeInfoState {
  /** Null until the hub has answered. */
  readonly info: TapeInfo | null;
  readonly error: string | null;
  readonly reload: () => void;
}

/** The tape grows while one looks at it: an instrument that begins to trade is there soon. */
const REFRESH_MS = 5_000;

/** What is on the tape, asked for at every connection, every few seconds, and by `reload`. */
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
  useEffect(() => systemClock.setInterval(reload, REFRESH_MS), [reload]);
  return { info, error, reload };
}
