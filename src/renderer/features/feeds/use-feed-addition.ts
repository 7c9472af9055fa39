import { useRef, useState } from 'react';
import { useHubClient } from '../../app/app-context.ts';
import { FeedAddition } from './feed-addition.ts';

export interface FeedAdding {
  readonly isAdding: boolean;
  /** What the hub said no with; null until it does. */
  readonly error: string | null;
  /** Resolves to whether it is there. */
  readonly add: (spec: string) => Promise<boolean>;
  readonly giveUp: () => void;
}

/** Adding a feed with its progress and its failure, to be shown where it was asked for. */
export function useFeedAddition(): FeedAdding {
  const client = useHubClient();
  const underWay = useRef<FeedAddition | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isAdding,
    error,
    async add(spec) {
      const addition = new FeedAddition(client);
      underWay.current = addition;
      setIsAdding(true);
      setError(null);
      const reply = await addition.add(spec);
      if (underWay.current !== addition || reply === null) return false;
      underWay.current = null;
      setIsAdding(false);
      if (!reply.ok) setError(reply.error.message);
      return reply.ok;
    },
    giveUp() {
      underWay.current?.giveUp();
      underWay.current = null;
      setIsAdding(false);
    },
  };
}
