import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLevel } from '#domain/bot.ts';
import { useActions, useBots } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './bot-logs.module.css';

const cx = bindClassNames(styles);

const DAY_CHECK_MS = 60_000;
const LEVEL_CLASSES: Readonly<Record<LogLevel, string>> = {
  debug: 'quiet',
  info: 'quiet',
  warn: 'warning',
  error: 'error',
};

/** The bot's log, newest first; followed only while it is open. */
export function BotLogs({ botId }: { readonly botId: string }) {
  const { t } = useTranslation('bots');
  const { followLogs } = useActions();
  useEffect(() => followLogs(botId), [followLogs, botId]);
  const entries = useBots((state) => state.logs[botId]);
  const now = useNow(DAY_CHECK_MS);
  if (entries === undefined || entries.length === 0) return <EmptyState text={t('log.none')} />;
  return (
    <ol className={cx('log')} aria-label={t('log.label')}>
      {entries.map((entry) => (
        <li key={entry.seq} className={cx('entry')}>
          <time className={cx('quiet')}>{formatTime(entry.time, now)}</time>
          <span className={cx('level', LEVEL_CLASSES[entry.level])}>
            {t(`log.levels.${entry.level}`)}
          </span>
          <span>{entry.message}</span>
        </li>
      ))}
    </ol>
  );
}
