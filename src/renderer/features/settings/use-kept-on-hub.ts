import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '#contract/errors.ts';
import { useHubClient } from '../../app/app-context.ts';
import { onAttention } from '../../app/on-attention.ts';
import type { HubClient } from '../../client/hub-client.ts';

export interface KeptOnHub<Value, Changes> {
  /** Null until the hub has answered. */
  readonly value: Value | null;
  /** Why it could not be told, or why the last change was refused. */
  readonly error: string | null;
  readonly change: (changes: Changes) => Promise<Result<Value>>;
}

export interface HubKeeper<Value, Changes> {
  readonly read: (client: HubClient) => Promise<Result<Value>>;
  readonly write: (client: HubClient, changes: Changes) => Promise<Result<Value>>;
}

/** What is set on the hub, asked for at every connection and when one turns to the page. The keeper is the same at every call. */
export function useKeptOnHub<Value, Changes>({
  read,
  write,
}: HubKeeper<Value, Changes>): KeptOnHub<Value, Changes> {
  const client = useHubClient();
  const [value, setValue] = useState<Value | null>(null);
  const [unread, setUnread] = useState<Failure | null>(null);
  /** Stands until a change is kept: what one has typed is still in its field, and not on the hub. */
  const [refusal, setRefusal] = useState<Failure | null>(null);
  useEffect(() => {
    const ask = async () => {
      const reply = await read(client);
      setUnread(reply.ok ? null : reply.error);
      if (reply.ok) setValue(reply.value);
    };
    const ends = [
      client.onConnection(({ kind }) => {
        if (kind === 'connected') void ask();
      }),
      onAttention(() => {
        if (client.connection.kind === 'connected') void ask();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, read]);
  const change = useCallback(
    async (changes: Changes) => {
      const reply = await write(client, changes);
      setRefusal(reply.ok ? null : reply.error);
      if (reply.ok) setValue(reply.value);
      return reply;
    },
    [client, write],
  );
  return { value, error: (refusal ?? unread)?.message ?? null, change };
}
