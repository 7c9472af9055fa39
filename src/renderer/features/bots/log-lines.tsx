import { useTranslation } from 'react-i18next';
import type { BotLogEntry, LogLevel } from '#domain/bot.ts';
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

/** What a bot said; `seq` is unique among the entries. */
export type LogLine = Omit<BotLogEntry, 'botId'> & { readonly seq: number };

/** Newest first. */
export function LogLines({ entries }: { readonly entries: readonly LogLine[] }) {
  const { t } = useTranslation('bots');
  const now = useNow(DAY_CHECK_MS);
  if (entries.length === 0) return <EmptyState text={t('log.none')} />;
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
