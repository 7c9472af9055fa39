import { useTranslation } from 'react-i18next';
import type { TapeJob } from '#contract/tape-requests.ts';
import { useHubClient } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { translator } from '../../i18n/i18n.ts';
import { canGoOn, isUnderWay, progressShown } from '../../stores/tape-job-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);
const said = translator('tape-files');

/** Imports and exports with their progress; what can be stopped or gone on with has its button. */
export function JobList({ jobs }: { readonly jobs: readonly TapeJob[] }) {
  const { t } = useTranslation('tape-files');
  return (
    <ol className={cx('jobs')} aria-label={t('jobs')}>
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
    </ol>
  );
}

function JobItem({ job }: { readonly job: TapeJob }) {
  const { t } = useTranslation('tape-files');
  const client = useHubClient();
  const words = useHubWords();
  const { isBusy, error, run } = useCommand();
  const { id: jobId, kind, state, file, format, progress } = job;
  const shown = progressShown(job);
  return (
    <li className={cx('job')} data-testid="tape-job" data-state={state}>
      <span className={cx('file')} title={file}>
        {t(`jobOf.${kind}`, { file })}
      </span>
      <span className={cx('dim')}>{format === null ? '' : t(`formats.${format}`)}</span>
      <progress
        className={cx('progress')}
        aria-label={t('progressOf', { file })}
        {...(shown === null ? {} : { value: shown })}
        max={1}
      />
      <span className={cx('dim')}>
        {progress !== null && isUnderWay(job)
          ? t('stateProgress', {
              state: t(`states.${state}`),
              percent: Math.floor(progress * 100),
            })
          : t(`states.${state}`)}
      </span>
      {isUnderWay(job) && (
        <Button
          disabled={isBusy}
          aria-label={t('cancelFile', { file })}
          onClick={() => void run(() => client.request('tape.cancelJob', { jobId }))}
        >
          {t('cancel')}
        </Button>
      )}
      {canGoOn(job) && (
        <Button
          disabled={isBusy}
          aria-label={t('resumeFile', { file })}
          onClick={() => void run(() => client.request('tape.resumeJob', { jobId }))}
        >
          {t('resume')}
        </Button>
      )}
      <span className={cx('said')}>{wordsOf(job)}</span>
      {(error ?? job.message) !== null && (
        <span className={cx('said', state === 'failed' && 'bad')}>
          {error ?? words(job.message ?? '')}
        </span>
      )}
      {job.badLineSamples.map(({ line, reason }) => (
        <span key={`${line} ${reason}`} className={cx('said', 'bad')}>
          {t('badLineAt', { line: formatCount(line), reason: words(reason) })}
        </span>
      ))}
    </li>
  );
}

type SaidKey =
  | 'trades'
  | 'newTrades'
  | 'newCandles'
  | 'duplicates'
  | 'badLines'
  | 'backwards'
  | 'sides';

const counted = (key: SaidKey, count: number): string =>
  said(`said.${key}`, { count, amount: formatCount(count) });

function gainOf({ kind, format, trades, candles }: TapeJob): string {
  if (kind === 'export') return counted('trades', trades);
  return format === 'candles' ? counted('newCandles', candles) : counted('newTrades', trades);
}

function wordsOf(job: TapeJob): string {
  const parts = [
    gainOf(job),
    job.duplicates > 0 ? counted('duplicates', job.duplicates) : '',
    job.badLines > 0 ? counted('badLines', job.badLines) : '',
    job.backwards > 0 ? counted('backwards', job.backwards) : '',
    job.inferredSides > 0 ? counted('sides', job.inferredSides) : '',
    formatBytes(job.bytesDone),
  ];
  return parts.filter(Boolean).join(' · ');
}
