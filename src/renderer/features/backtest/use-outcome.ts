import { useEffect, useState } from 'react';
import type { BacktestView } from '#contract/backtest-requests.ts';
import type { RequestResult } from '#contract/requests.ts';
import { useActions, useConnection } from '../../app/app-context.ts';

type Outcome = Pick<RequestResult<'backtests.get'>, 'report' | 'sweep'>;

export interface OutcomeState {
  /** Null until the hub has answered. */
  readonly outcome: Outcome | null;
  readonly error: string | null;
}

const NOTHING_YET: OutcomeState = { outcome: null, error: null };

/** What came of a backtest that is over. It is asked for once: it does not change any more. */
export function useOutcome({ id, state }: BacktestView): OutcomeState {
  const { backtests } = useActions();
  const isConnected = useConnection(({ connection }) => connection.kind === 'connected');
  const [found, setFound] = useState(NOTHING_YET);
  const isOver = state === 'done' || state === 'failed';
  const isWanted = isOver && isConnected && found.outcome === null;
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void backtests.get(id).then((reply) => {
      if (!isCurrent) return;
      setFound(
        reply.ok
          ? { outcome: reply.value, error: null }
          : { outcome: null, error: reply.error.message },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [backtests, id, isWanted]);
  return found;
}
