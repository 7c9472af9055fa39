import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '#contract/inspection-requests.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatFullDateTime } from '../../ui/format.ts';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './health.module.css';
import { useLog } from './use-log.ts';

const cx = bindClassNames(styles);

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The monitor's own log. */
export function LogView() {
  const { t } = useTranslation('health');
  const [level, setLevel] = useState<LogLine['level']>('info');
  const [search, setSearch] = useState('');
  const log = useLog({ level, search });
  return (
    <>
      <div className={cx('toolbar')}>
        <SearchField
          label={t('log.search')}
          value={search}
          onChange={setSearch}
          testId="log-search"
        />
        <ChoiceField
          label={t('log.level')}
          value={level}
          testId="log-level"
          options={LEVELS.map((one) => [one, t(`log.levels.${one}`)])}
          onChange={setLevel}
        />
        <Button variant="quiet" onClick={log.reload} testId="log-reload">
          {t('log.reload')}
        </Button>
        <span className={cx('dim')} role="status">
          {log.error ?? (log.isLoading ? t('waiting') : null)}
        </span>
      </div>
      <ol className={cx('log')} data-testid="log-lines" aria-label={t('sections.log')}>
        {log.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added behind
          <Line key={index} line={line} />
        ))}
      </ol>
      {log.lines.length === 0 && !log.isLoading && <p className={cx('note')}>{t('log.none')}</p>}
      {log.hasMore && (
        <Button variant="quiet" disabled={log.isLoading} onClick={log.loadMore} testId="log-more">
          {t('log.more')}
        </Button>
      )}
    </>
  );
}

function Line({ line: { time, level, message, fields } }: { readonly line: LogLine }) {
  const { t } = useTranslation('health');
  const more = Object.keys(fields).length > 0 ? JSON.stringify(fields) : null;
  return (
    <li className={cx('line')} data-level={level}>
      <time className={cx('dim')}>{formatFullDateTime(time)}</time>
      <span className={cx('level')}>{t(`log.levels.${level}`)}</span>
      <span className={cx('message')}>{message}</span>
      {more !== null && <code className={cx('fields')}>{more}</code>}
    </li>
  );
}
