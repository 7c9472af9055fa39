import { useEffect, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import { systemClock } from '../../client/system-clock.ts';

/** Whoever types is not asked about each letter. */
const TYPING_MS = 200;
/** After so long it is said that it takes long. */
const LONG_MS = 4_000;

export type HubAnswer<T> =
  | { readonly kind: 'asking'; readonly isLong: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly retry: () => void }
  | { readonly kind: 'answered'; readonly value: T };

/**
 * The answer to a question that may take seconds, or fail. Asked again when `ask` is another function;
 * the answer to an older question is dropped.
 */
export function useHubAnswer<T>(ask: () => Promise<Result<T>>): HubAnswer<T> {
  const [answer, setAnswer] = useState<HubAnswer<T>>({ kind: 'asking', isLong: false });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try asks again
  useEffect(() => {
    let isCurrent = true;
    setAnswer((known) => (known.kind === 'failed' ? { kind: 'asking', isLong: false } : known));
    const cancelLong = systemClock.setTimeout(
      () =>
        setAnswer((known) => (known.kind === 'asking' ? { kind: 'asking', isLong: true } : known)),
      LONG_MS,
    );
    const cancelAsk = systemClock.setTimeout(async () => {
      const reply = await ask();
      if (!isCurrent) return;
      cancelLong();
      const retry = () => setTries((count) => count + 1);
      setAnswer(
        reply.ok
          ? { kind: 'answered', value: reply.value }
          : { kind: 'failed', message: reply.error.message, retry },
      );
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      cancelLong();
      cancelAsk();
    };
  }, [ask, tries]);
  return answer;
}
