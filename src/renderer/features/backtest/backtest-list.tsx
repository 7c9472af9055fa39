import type { TFunction } from 'i18next';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestView } from '#contract/backtest-requests.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useActions, useBacktests } from '../../app/app-context.ts';
import { isUnfinished } from '../../stores/backtest-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedPercent } from '../../ui/signed.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './backtest.module.css';
import { BacktestProgress, BacktestStanding } from './backtest-standing.tsx';

const cx = bindClassNames(styles);

const columnsOf = (t: TFunction<'backtest'>): readonly Column[] => [
  { key: 'name', label: t('columns.name') },
  { key: 'instrument', label: t('columns.instrument'), only: 'medium' },
  { key: 'kind', label: t('columns.kind') },
  { key: 'state', label: t('columns.state') },
  { key: 'return', label: t('columns.return'), align: 'end', title: t('columns.returnTitle') },
  { key: 'created', label: t('columns.created'), align: 'end', only: 'medium' },
];

const DAY_CHECK_MS = 60_000;

export interface BacktestListProps {
  readonly backtests: readonly BacktestView[];
  readonly chosenId: string | null;
  readonly onChoose: (backtestId: string) => void;
}

/** Newest first, with how far they are. */
export function BacktestList({ backtests, chosenId, onChoose }: BacktestListProps) {
  const { t } = useTranslation('backtest');
  const actions = useActions();
  const hasMore = useBacktests((state) => state.nextBefore !== null);
  const columns = useMemo(() => columnsOf(t), [t]);
  const now = useNow(DAY_CHECK_MS);
  return (
    <>
      <div className={cx('list', 'names')}>
        <Table label={t('list')} columns={columns} testId="backtests-table">
          {backtests.map((backtest) => (
            <BacktestRow
              key={backtest.id}
              isChosen={backtest.id === chosenId}
              {...{ backtest, now, onChoose }}
            />
          ))}
        </Table>
      </div>
      {hasMore && (
        <Button variant="quiet" onClick={() => void actions.backtests.loadMore()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

interface BacktestRowProps extends Pick<BacktestListProps, 'onChoose'> {
  readonly backtest: BacktestView;
  readonly isChosen: boolean;
  readonly now: number;
}

const BacktestRow = memo(function BacktestRow(props: BacktestRowProps) {
  const { backtest, isChosen, now, onChoose } = props;
  const { t } = useTranslation('backtest');
  const { id, bot, sweep, runs, figures, createdTime } = backtest;
  const choose = () => onChoose(id);
  return (
    <Row isSelected={isChosen} onSelect={choose} testId={`backtest-row-${id}`}>
      <Cell title={bot.name}>
        <LinkButton onClick={choose}>{bot.name}</LinkButton>
      </Cell>
      <Cell only="medium" title={bot.instrumentId}>
        {symbolOf(bot.instrumentId)}
      </Cell>
      <Cell tone="dim">
        {sweep === null
          ? t('kind.single')
          : t('kind.sweep', { count: runs, amount: formatCount(runs) })}
      </Cell>
      <Cell>
        <BacktestStanding backtest={backtest} />
      </Cell>
      <Cell align="end">
        {isUnfinished(backtest) ? (
          <BacktestProgress backtest={backtest} />
        ) : (
          <SignedPercent value={figures?.returnPercent} />
        )}
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatTime(createdTime, now)}
      </Cell>
    </Row>
  );
});
