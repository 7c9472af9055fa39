import { useEffect, useMemo, useRef, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import type { RequestResult, StrategyDescription } from '#contract/requests.ts';
import { useConnection, useHubClient } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { inWords } from './strategy-words.ts';

/** A file of the user's that cannot be used as it now is. */
export type StrategyProblem = RequestResult<'strategies.list'>['problems'][number];

export interface Strategies {
  /** Null until the hub has answered. */
  readonly strategies: readonly StrategyDescription[] | null;
  readonly problems: readonly StrategyProblem[];
  readonly error: string | null;
}

/** A file that is saved is looked at by the hub at once; whoever has it open beside this sees it soon. */
const ASK_AGAIN_MS = 3_000;

const UNKNOWN: Strategies = { strategies: null, problems: [], error: null };

/** The strategies that the hub knows, and the files that are none, as they are while somebody looks. */
export function useStrategies(): Strategies {
  const words = useHubWords();
  const client = useHubClient();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const [found, setFound] = useState<Strategies>(UNKNOWN);
  const last = useRef(UNKNOWN);
  useEffect(() => {
    if (!isConnected) return;
    let isWanted = true;
    const ask = async () => {
      const reply = await client.request('strategies.list');
      const answer = taken(last.current, reply);
      // React keeps each update that changes nothing until the component renders for another reason.
      if (!isWanted || answer === last.current) return;
      last.current = answer;
      setFound(answer);
    };
    void ask();
    const stop = systemClock.setInterval(() => {
      if (!document.hidden) void ask();
    }, ASK_AGAIN_MS);
    return () => {
      isWanted = false;
      stop();
    };
  }, [client, isConnected]);
  return useMemo(() => inWords(found, words), [found, words]);
}

/** What has not changed keeps its identity; what was known is not lost by a question that failed. */
function taken(before: Strategies, reply: Result<RequestResult<'strategies.list'>>): Strategies {
  if (!reply.ok) {
    return before.strategies === null ? { ...before, error: reply.error.message } : before;
  }
  const after: Strategies = { ...reply.value, error: null };
  return JSON.stringify(after) === JSON.stringify(before) ? before : after;
}
