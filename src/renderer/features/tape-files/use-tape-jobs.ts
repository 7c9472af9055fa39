import { useEffect, useState } from 'react';
import { channel } from '#contract/channels.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import { useHubClient } from '../../app/app-context.ts';

/** Imports and exports, newest first, while somebody looks. */
export function useTapeJobs(): readonly TapeJob[] {
  const client = useHubClient();
  const [jobs, setJobs] = useState<readonly TapeJob[]>([]);
  useEffect(
    () =>
      client.subscribe(channel.tapeJobs, {
        onPush: (push) => {
          if (push.event === 'tape:jobs') setJobs(push.payload.jobs);
        },
      }),
    [client],
  );
  return jobs;
}
