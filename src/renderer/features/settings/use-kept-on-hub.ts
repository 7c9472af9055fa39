import { useCallback, useEffect, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import { useHubClient } from '../../app/app-context.ts';
import type { HubClient } from '../../client/hub-client.ts';

export interface KeptOnHub<Value, Changes> {
  /** Null until the hub has answered. */
  readonly value: Value | null;
  readonly error: string | null;
  readonly change: (changes: Changes) => Promise<void>;
}

export interface HubKeeper<Value, Changes> {
  readonly read: (client: HubClient) => Promise<Result<Value>>;
  readonly write: (client: HubClient, changes: Changes) => Promise<Result<Value>>;
}

/** What is set on the hub, asked for at every connection. The keeper is the same at every call. */
export function useKeptOnHub<Value, Changes>({
  read,
  write,
}: HubKeeper<Value, Changes>): KeptOnHub<Value, Changes> {
  const client = useHubClient();
  const [value, setValue] = useState<Value | null>(null);
  const [error, setError] = useState<string | null>(null);
  const take = useCallback((reply: Result<Value>) => {
    setError(reply.ok ? null : reply.error.message);
    if (reply.ok) setValue(reply.value);
  }, []);
  useEffect(
    () =>
      client.onConnection(({ kind }) => {
        if (kind === 'connected') void read(client).then(take);
      }),
    [client, read, take],
  );
  const change = useCallback(
    async (changes: Changes) => take(await write(client, changes)),
    [client, write, take],
  );
  return { value, error, change };
}
