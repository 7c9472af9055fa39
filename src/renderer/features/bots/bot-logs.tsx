import { useEffect, useMemo, useState } from 'react';
import { useActions, useBots } from '../../app/app-context.ts';
import { ALL_LINES, isLogFiltered, olderLines } from './log-filter.ts';
import { type LogLine, LogLines } from './log-lines.tsx';
import { useOlderLogs } from './use-older-logs.ts';

const NOTHING_YET: readonly LogLine[] = [];

/** The bot's log, newest first; followed only while it is open. What is searched for is older, too. */
export function BotLogs({ botId }: { readonly botId: string }) {
  const { followLogs } = useActions();
  useEffect(() => followLogs(botId), [followLogs, botId]);
  const [filter, setFilter] = useState(ALL_LINES);
  const newest = useBots((state) => state.logs[botId]) ?? NOTHING_YET;
  const longer = useOlderLogs(botId, isLogFiltered(filter));
  const entries = useMemo(() => {
    // The ledger does not number its lines: those are older than any that has a number here.
    const older = olderLines(longer, newest).map((line, place) => ({ ...line, seq: -1 - place }));
    return [...newest, ...older];
  }, [newest, longer]);
  return <LogLines {...{ entries, filter }} onFilter={setFilter} />;
}
