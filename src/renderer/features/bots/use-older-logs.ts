import { useEffect, useState } from 'react';
import type { BotLogEntry } from '#domain/bot.ts';
import { useHubClient } from '../../app/app-context.ts';

const MOST_LINES = 1_000;
const NONE: readonly BotLogEntry[] = [];

/** The bot's last thousand lines as the ledger has them, newest first; asked for when they are wanted. */
export function useOlderLogs(botId: string, isWanted: boolean): readonly BotLogEntry[] {
  const client = useHubClient();
  const [entries, setEntries] = useState(NONE);
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void client.request('bots.logs', { botId, limit: MOST_LINES }).then((reply) => {
      if (isCurrent && reply.ok) setEntries(reply.value.entries);
    });
    return () => {
      isCurrent = false;
      setEntries(NONE);
    };
  }, [client, botId, isWanted]);
  return entries;
}
