import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTapeJobs } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatBytes, formatCount, formatFullDateTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { CandleTable } from './candle-table.tsx';
import { ExportForm } from './export-form.tsx';
import { ImportForm } from './import-form.tsx';
import { JobList } from './job-list.tsx';
import styles from './tape-files.module.css';
import { useTapeInfo } from './use-tape-info.ts';

const cx = bindClassNames(styles);

function useColumns(): readonly Column[] {
  const { t } = useTranslation('tape-files');
  return useMemo(
    () => [
      { key: 'instrument', label: t('columns.instrument') },
      { key: 'trades', label: t('columns.trades'), align: 'end' },
      { key: 'first', label: t('columns.first'), only: 'medium' },
      { key: 'last', label: t('columns.last') },
    ],
    [t],
  );
}

/** What is on the tape, and the files that go in and out. */
export function TapeFilesView() {
  const { t } = useTranslation('tape-files');
  const columns = useColumns();
  const { info, error, reload } = useTapeInfo();
  const jobs = useTapeJobs((state) => state.jobs);
  const ended = jobs.filter(({ endedTime }) => endedTime !== null).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what an ended job has brought is looked at again
  useEffect(reload, [reload, ended]);
  return (
    <div className={cx('view')}>
      <div className={cx('column')}>
        <p className={cx('note')} data-testid="tape-size">
          {error ?? (info === null ? t('asking') : t('onDisk', { bytes: formatBytes(info.bytes) }))}
        </p>
        <Table label={t('info')} columns={columns} testId="tape-info">
          {info?.instruments.map(({ instrumentId, trades, firstTime, lastTime }) => (
            <Row key={instrumentId} testId={`tape-info-${instrumentId}`}>
              <Cell>{instrumentId}</Cell>
              <Cell align="end">{formatCount(trades)}</Cell>
              <Cell tone="dim" only="medium">
                {formatFullDateTime(firstTime)}
              </Cell>
              <Cell tone="dim">{formatFullDateTime(lastTime)}</Cell>
            </Row>
          ))}
        </Table>
        {info !== null && info.candles.length > 0 && <CandleTable candles={info.candles} />}
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
