import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type BotLogEntry, LOG_LEVELS, type LogLevel } from '#domain/bot.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilteredRows } from '../../ui/filtered-rows.tsx';
import { formatTime } from '../../ui/format.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './bot-logs.module.css';
import { ALL_LINES, fittingLines, type LogFilter } from './log-filter.ts';

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

export interface LogLinesProps {
  /** Newest first. */
  readonly entries: readonly LogLine[];
  readonly filter: LogFilter;
  readonly onFilter: (filter: LogFilter) => void;
}

/** A log, of which one level and worse and what one searches for can be shown alone. */
export function LogLines({ entries, filter, onFilter }: LogLinesProps) {
  const { t } = useTranslation('bots');
  const words = useHubWords();
  const said = useMemo(
    () => entries.map((entry) => ({ ...entry, message: words(entry.message) })),
    [entries, words],
  );
  const lines = useMemo(() => fittingLines(said, filter), [said, filter]);
  if (entries.length === 0) return <EmptyState text={t('log.none')} />;
  return (
    <div className={cx('view')}>
      <div className={cx('toolbar')}>
        <SearchField
          label={t('log.search')}
          value={filter.search}
          testId="bot-log-search"
          onChange={(search) => onFilter({ ...filter, search })}
        />
        <ChoiceField<LogLevel>
          label={t('log.level')}
          value={filter.level}
          testId="bot-log-level"
          options={LOG_LEVELS.map((level) => [level, t(`log.from.${level}`)])}
          onChange={(level) => onFilter({ ...filter, level })}
        />
      </div>
      <FilteredRows
        shown={lines.length}
        all={entries.length}
        nothing={t('log.nothing')}
        onShowAll={() => onFilter(ALL_LINES)}
        testPrefix="bot-log"
      >
        <Lines lines={lines} />
      </FilteredRows>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation('bots');
  const now = useNow(DAY_CHECK_MS);
  return (
    <ol className={cx('log')} aria-label={t('log.label')} data-testid="bot-log-lines">
      {lines.map((line) => (
        <li key={line.seq} className={cx('entry')}>
          <time className={cx('quiet')}>{formatTime(line.time, now)}</time>
          <span className={cx('level', LEVEL_CLASSES[line.level])}>
            {t(`log.levels.${line.level}`)}
          </span>
          <span>{line.message}</span>
        </li>
      ))}
    </ol>
  );
}
