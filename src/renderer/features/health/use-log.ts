import { useCallback, useEffect, useState } from 'react';
import type { LogLine } from '#contract/inspection-requests.ts';
import { useHubClient } from '../../app/app-context.ts';

interface LogQuery {
  readonly level: LogLine['level'];
  readonly search: string;
}

export interface LogState {
  /** Newest first. */
  readonly lines: readonly LogLine[];
  readonly error: string | null;
  readonly isLoading: boolean;
  /** There is more to be had by `loadMore`. */
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

const PAGE = 200;

/** The log from its end, a page more each time that one is asked for. */
export function useLog({ level, search }: LogQuery): LogState {
  const client = useHubClient();
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [isLoading, setIsLoading] = useState(true);

  const load = useCallback(
    async (after: string | null, isCurrent: () => boolean) => {
      setIsLoading(true);
      const place = after === null ? {} : { after };
      const reply = await client.request('logs.list', { level, search, limit: PAGE, ...place });
      if (!isCurrent()) return;
      setIsLoading(false);
      setError(reply.ok ? null : reply.error.message);
      if (!reply.ok) return;
      const { items } = reply.value;
      setLines((known) => (after === null ? items : [...known, ...items]));
      setNext(reply.value.next);
    },
    [client, level, search],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reload begins at the end again
  useEffect(() => {
    let isCurrent = true;
    void load(null, () => isCurrent);
    return () => {
      isCurrent = false;
    };
  }, [load, round]);
  return {
    ...{ lines, error, isLoading, hasMore: next !== null },
    loadMore: () => void load(next, () => true),
    reload: useCallback(() => setRound((count) => count + 1), []),
  };
}
