import { useEffect, useState } from 'react';
import type { Fill } from '#domain/fill.ts';
import { useHubClient } from '../../app/app-context.ts';
import { type BotRecord, FILLS_KEPT, mergeFills } from '../../stores/bot-store.ts';

export interface FillHistory {
  /** Newest first. */
  readonly fills: readonly Fill[];
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  readonly error: string | null;
  readonly loadOlder: () => Promise<void>;
}

interface Pages {
  readonly fills: readonly Fill[];
  readonly nextBefore: string | null;
}

/** The first page begins at the newest fill again: the place behind those that are known is not. */
const FIRST_PAGE = 2 * FILLS_KEPT;
const PAGE = 200;

/** A bot's fills: those that the page keeps, and as many pages of older ones as were asked for. */
export function useFillHistory({ config, status, fills }: BotRecord): FillHistory {
  const client = useHubClient();
  const [pages, setPages] = useState<Pages | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  // What falls out of the newest hundred stays here.
  useEffect(() => {
    setPages((known) => known && { ...known, fills: mergeAll(known.fills, fills) });
  }, [fills]);
  const loadOlder = async () => {
    setIsLoading(true);
    const place = pages?.nextBefore ? { before: pages.nextBefore } : {};
    const limit = pages === null ? FIRST_PAGE : PAGE;
    const reply = await client.request('fills.list', { botId: config.id, limit, ...place });
    setIsLoading(false);
    setError(reply.ok ? null : reply.error.message);
    if (!reply.ok) return;
    const { items, nextBefore } = reply.value;
    setPages((known) => ({ fills: mergeAll(known?.fills ?? fills, items), nextBefore }));
  };
  return {
    fills: pages === null ? fills : mergeAll(pages.fills, fills),
    hasOlder: pages === null ? status.fillCount > fills.length : pages.nextBefore !== null,
    ...{ isLoading, error, loadOlder },
  };
}

const mergeAll = (known: readonly Fill[], incoming: readonly Fill[]): readonly Fill[] =>
  mergeFills(known, incoming, Number.POSITIVE_INFINITY);
