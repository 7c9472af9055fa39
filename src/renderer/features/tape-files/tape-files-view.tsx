import { useEffect } from 'react';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatBytes, formatFullDateTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { ExportForm } from './export-form.tsx';
import { ImportForm } from './import-form.tsx';
import { JobList } from './job-list.tsx';
import styles from './tape-files.module.css';
import { useTapeInfo } from './use-tape-info.ts';
import { useTapeJobs } from './use-tape-jobs.ts';

const cx = bindClassNames(styles);

const COLUMNS: readonly Column[] = [
  { key: 'instrument', label: 'On the tape' },
  { key: 'trades', label: 'Trades', align: 'end' },
  { key: 'first', label: 'First', only: 'medium' },
  { key: 'last', label: 'Last' },
];

/** What is on the tape, and the files that go in and out. */
export function TapeFilesView() {
  const { info, error, reload } = useTapeInfo();
  const jobs = useTapeJobs();
  const ended = jobs.filter(({ endedTime }) => endedTime !== null).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what an ended job has brought is looked at again
  useEffect(reload, [reload, ended]);
  return (
    <div className={cx('view')}>
      <div className={cx('column')}>
        <p className={cx('note')} data-testid="tape-size">
          {error ?? (info === null ? 'Asking the hub' : `${formatBytes(info.bytes)} on disk`)}
        </p>
        <Table label="What is on the tape" columns={COLUMNS} testId="tape-info">
          {info?.instruments.map(({ instrumentId, trades, firstTime, lastTime }) => (
            <Row key={instrumentId} testId={`tape-info-${instrumentId}`}>
              <Cell>{instrumentId}</Cell>
              <Cell align="end">{trades.toLocaleString('en-US')}</Cell>
              <Cell tone="dim" only="medium">
                {formatFullDateTime(firstTime)}
              </Cell>
              <Cell tone="dim">{formatFullDateTime(lastTime)}</Cell>
            </Row>
          ))}
        </Table>
      </div>
      <div className={cx('column')}>
        <ImportForm />
        <ExportForm
          instrumentIds={info?.instruments.map(({ instrumentId }) => instrumentId) ?? []}
        />
        <JobList jobs={jobs} />
      </div>
    </div>
  );
}
