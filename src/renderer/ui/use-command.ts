import { useState } from 'react';
import type { Result } from '#contract/errors.ts';

export interface Command {
  readonly isBusy: boolean;
  /** What the hub said no with; null until it does. */
  readonly error: string | null;
  /** Runs one command at a time. Resolves to whether it was done. */
  readonly run: (work: () => Promise<Result<unknown>>) => Promise<boolean>;
}

/** A command to the hub with its progress and its failure, to be shown where it was given. */
export function useCommand(): Command {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isBusy,
    error,
    async run(work) {
      setIsBusy(true);
      setError(null);
      const reply = await work();
      setIsBusy(false);
      if (!reply.ok) setError(reply.error.message);
      return reply.ok;
    },
  };
}
