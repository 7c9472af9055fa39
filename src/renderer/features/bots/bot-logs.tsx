import { useEffect } from 'react';
import { useActions, useBots } from '../../app/app-context.ts';
import { type LogLine, LogLines } from './log-lines.tsx';

const NOTHING_YET: readonly LogLine[] = [];

/** The bot's log, newest first; followed only while it is open. */
export function BotLogs({ botId }: { readonly botId: string }) {
  const { followLogs } = useActions();
  useEffect(() => followLogs(botId), [followLogs, botId]);
  return <LogLines entries={useBots((state) => state.logs[botId]) ?? NOTHING_YET} />;
}
