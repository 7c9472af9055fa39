import { useEffect, useState } from 'react';
import type { DeckTimeline, DeckView } from '#contract/replay-requests.ts';
import { useHubClient } from '../../app/app-context.ts';

const NOTHING_KNOWN: DeckTimeline = { volumes: [], alerts: [], fills: [] };

/** What the deck's stretch holds; nothing until the hub has said it. Looked at again with each run. */
export function useTimeline({ id: deckId, run }: DeckView): DeckTimeline {
  const client = useHubClient();
  const [timeline, setTimeline] = useState(NOTHING_KNOWN);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each run may find more of what live told
  useEffect(() => {
    let isCurrent = true;
    void client.request('replay.timeline', { deckId }).then((reply) => {
      if (isCurrent && reply.ok) setTimeline(reply.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [client, deckId, run]);
  return timeline;
}
