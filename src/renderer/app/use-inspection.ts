import { useEffect, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import type { HubClient } from '../client/hub-client.ts';
import { systemClock } from '../client/system-clock.ts';
import { useHubClient } from './app-context.ts';

export interface Inspection<T> {
  /** Null until the hub has answered. */
  readonly answer: T | null;
  readonly error: string | null;
}

/**
 * What the hub answers, asked again each period while somebody looks, and at once where `ask` is
 * another one. An answer that a newer question has overtaken is not shown.
 */
export function useInspection<T>(
  ask: (client: HubClient) => Promise<Result<T>>,
  periodMs: number,
): Inspection<T> {
  const client = useHubClient();
  const [answer, setAnswer] = useState<T | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const update = async () => {
      const reply = await ask(client);
      if (!isCurrent) return;
      setError(reply.ok ? null : reply.error.message);
      if (reply.ok) setAnswer(reply.value);
    };
    void update();
    const stop = systemClock.setInterval(() => void update(), periodMs);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client, ask, periodMs]);
  return { answer, error };
}
