import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport, RoundTrip } from '#contract/backtest-report.ts';
import { useInstrument } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/duration.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatFullDateTime, formatMoney, formatQuantity } from '../../ui/format.ts';
import { SignedMoney, SignedPercent } from '../../ui/signed.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import styles from './backtest.module.css';
import { formatAveragePrice } from './figure-text.ts';

const cx = bindClassNames(styles);

const columnsOf = (t: TFunction<'backtest'>): readonly Column[] => [
  { key: 'closed', label: t('trips.closed') },
  { key: 'side', label: t('trips.side') },
  { key: 'quantity', label: t('trips.quantity'), align: 'end', only: 'medium' },
  { key: 'entry', label: t('trips.entry'), align: 'end' },
  { key: 'exit', label: t('trips.exit'), align: 'end' },
  { key: 'pnl', label: t('trips.pnl'), align: 'end', title: t('trips.pnlTitle') },
  { key: 'return', label: t('trips.return'), align: 'end', only: 'medium' },
  { key: 'fees', label: t('trips.fees'), align: 'end', only: 'wide' },
  { key: 'lasted', label: t('trips.lasted'), align: 'end', only: 'wide' },
  { key: 'why', label: t('trips.why'), only: 'wide' },
];

const SECOND_MS = 1_000;

/** Every position that was opened and closed again, newest first; of very many the last ones. */
export function TripsTable({ report }: { readonly report: BacktestReport }) {
  const { t } = useTranslation('backtest');
  const columns = useMemo(() => columnsOf(t), [t]);
  const increment = useInstrument(report.bot.instrumentId)?.priceIncrement;
  const trips = useMemo(() => report.trips.toReversed(), [report.trips]);
  if (trips.length === 0) return <EmptyState text={t('trips.none')} />;
  return (
    <div className={cx('rows')}>
      {trips.length < report.trades.count && (
        <p className={cx('source')}>
          {t('trips.last', {
            kept: formatCount(trips.length),
            amount: formatCount(report.trades.count),
          })}
        </p>
      )}
      <div className={cx('list')}>
        <VirtualTable
          label={t('tabs.trips')}
          columns={columns}
          count={trips.length}
          testId="backtest-trips"
        >
          {(index) => {
            const trip = trips[index];
            return trip && <TripRow key={index} {...{ trip, index, increment }} />;
          }}
        </VirtualTable>
      </div>
    </div>
  );
}

interface TripRowProps {
  readonly trip: RoundTrip;
  readonly index: number;
  readonly increment: number | undefined;
}

function TripRow({ trip, index, increment }: TripRowProps) {
  const { t } = useTranslation('backtest');
  const { side, openedTime, closedTime, why } = trip;
  return (
    <Row index={index} testId="trip-row">
      <Cell tone="dim">{formatFullDateTime(closedTime)}</Cell>
      <Cell tone={side === 'long' ? 'up' : 'down'}>
        <span aria-hidden="true">{side === 'long' ? '▲' : '▼'}</span> {t(`trips.sides.${side}`)}
      </Cell>
      <Cell align="end" only="medium">
        {formatQuantity(trip.quantity)}
      </Cell>
      <Cell align="end">{formatAveragePrice(trip.entryPrice, increment)}</Cell>
      <Cell align="end">{formatAveragePrice(trip.exitPrice, increment)}</Cell>
      <Cell align="end">
        <SignedMoney value={trip.pnl} />
      </Cell>
      <Cell align="end" only="medium">
        <SignedPercent value={trip.returnPercent} />
      </Cell>
      <Cell align="end" only="wide" tone="dim">
        {formatMoney(trip.fees)}
      </Cell>
      <Cell align="end" only="wide" tone="dim">
        {formatDuration((closedTime - openedTime) / SECOND_MS)}
      </Cell>
      <Cell only="wide" tone="dim" {...(why !== null && { title: why })}>
        <span className={cx('why')}>{why}</span>
      </Cell>
    </Row>
  );
}
