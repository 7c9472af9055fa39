import type { TapeJob } from '#contract/tape-requests.ts';
import { useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { counted, formatBytes } from '../../ui/format.ts';
import { useCommand } from '../../ui/use-command.ts';
import { FORMAT_NAMES } from './format-names.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);

/** Imports and exports with their progress; what can be stopped or gone on with has its button. */
export function JobList({ jobs }: { readonly jobs: readonly TapeJob[] }) {
  return (
    <ol className={cx('jobs')} aria-label="Imports and exports, newest first">
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
    </ol>
  );
}

const count = (value: number): string => value.toLocaleString('en-US');

function JobItem({ job }: { readonly job: TapeJob }) {
  const client = useHubClient();
  const { isBusy, error, run } = useCommand();
  const { id: jobId, kind, state, file, format, progress } = job;
  const isUnderWay = state === 'running' || state === 'waiting';
  const canGoOn = state === 'canceled' || state === 'interrupted' || state === 'failed';
  return (
    <li className={cx('job')} data-testid="tape-job" data-state={state}>
      <span className={cx('file')} title={file}>
        {kind === 'import' ? 'Import' : 'Export'} {file}
      </span>
      <span className={cx('dim')}>{format === null ? '' : FORMAT_NAMES[format]}</span>
      <progress
        className={cx('progress')}
        aria-label={`Progress of ${file}`}
        {...(progress === null ? {} : { value: progress })}
        max={1}
      />
      <span className={cx('dim')}>
        {state}
        {progress !== null && isUnderWay ? ` ${Math.floor(progress * 100)} %` : ''}
      </span>
      {isUnderWay && (
        <Button
          disabled={isBusy}
          aria-label={`Cancel ${file}`}
          onClick={() => void run(() => client.request('tape.cancelJob', { jobId }))}
        >
          Cancel
        </Button>
      )}
      {canGoOn && (
        <Button
          disabled={isBusy}
          aria-label={`Resume ${file}`}
          onClick={() => void run(() => client.request('tape.resumeJob', { jobId }))}
        >
          Resume
        </Button>
      )}
      <span className={cx('said')}>{wordsOf(job)}</span>
      {(error ?? job.message) !== null && (
        <span className={cx('said', state === 'failed' && 'bad')}>{error ?? job.message}</span>
      )}
      {job.badLineSamples.map(({ line, reason }) => (
        <span key={`${line} ${reason}`} className={cx('said', 'bad')}>
          line {count(line)}: {reason}
        </span>
      ))}
    </li>
  );
}

function wordsOf(job: TapeJob): string {
  const parts = [
    `${counted(job.trades, 'trade')}${job.kind === 'import' ? ' new' : ''}`,
    job.duplicates > 0 ? `${count(job.duplicates)} were there` : '',
    job.badLines > 0 ? counted(job.badLines, 'bad line') : '',
    job.backwards > 0 ? `${counted(job.backwards, 'step')} back in time` : '',
    job.inferredSides > 0 ? `${counted(job.inferredSides, 'side')} by the tick rule` : '',
    formatBytes(job.bytesDone),
  ];
  return parts.filter(Boolean).join(' · ');
}
