import { useCallback, useEffect, useState } from 'react';
import type { Settings } from '#contract/requests.ts';
import { useHubClient } from '../../app/app-context.ts';

export interface HubSettings {
  /** Null until the hub has answered. */
  readonly settings: Settings | null;
  readonly error: string | null;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
}

/** What is set on the hub, asked for at every connection. */
export function useHubSettings(): HubSettings {
  const client = useHubClient();
  const [settings, setSettings] = useState<Settings | null>(null);
  const [error, setError] = useState<string | null>(null);
  const take = useCallback((reply: Awaited<ReturnType<typeof client.request<'settings.get'>>>) => {
    setError(reply.ok ? null : reply.error.message);
    if (reply.ok) setSettings(reply.value);
  }, []);
  useEffect(
    () =>
      client.onConnection(({ kind }) => {
        if (kind === 'connected') void client.request('settings.get').then(take);
      }),
    [client, take],
  );
  const change = useCallback(
    async (changes: Partial<Settings>) => take(await client.request('settings.set', changes)),
    [client, take],
  );
  return { settings, error, change };
}
