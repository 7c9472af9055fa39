import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportDay } from '#contract/backtest-report.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatMoney } from '../../ui/format.ts';
import { SignedMoney, SignedPercent } from '../../ui/signed.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';

const columnsOf = (t: TFunction<'backtest'>): readonly Column[] => [
  { key: 'date', label: t('days.date') },
  { key: 'pnl', label: t('days.pnl'), align: 'end' },
  { key: 'return', label: t('days.return'), align: 'end' },
  { key: 'equity', label: t('days.equity'), align: 'end' },
  { key: 'fees', label: t('days.fees'), align: 'end', only: 'medium' },
  { key: 'fills', label: t('days.fills'), align: 'end', only: 'medium' },
  { key: 'trips', label: t('days.trips'), align: 'end', only: 'medium' },
];

/** What each day (UTC) brought, newest first. */
export function DaysTable({ days }: { readonly days: readonly ReportDay[] }) {
  const { t } = useTranslation('backtest');
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = useMemo(() => days.toReversed(), [days]);
  if (rows.length === 0) return <EmptyState text={t('days.none')} />;
  return (
    <VirtualTable
      label={t('tabs.days')}
      columns={columns}
      count={rows.length}
      testId="backtest-days"
    >
      {(index) => {
        const day = rows[index];
        return day && <DayRow key={day.date} {...{ day, index }} />;
      }}
    </VirtualTable>
  );
}

const DayRow = ({ day, index }: { readonly day: ReportDay; readonly index: number }) => (
  <Row index={index}>
    <Cell>{day.date}</Cell>
    <Cell align="end">
      <SignedMoney value={day.pnl} />
    </Cell>
    <Cell align="end">
      <SignedPercent value={day.returnPercent} />
    </Cell>
    <Cell align="end">{formatMoney(day.equity)}</Cell>
    <Cell align="end" only="medium" tone="dim">
      {formatMoney(day.fees)}
    </Cell>
    <Cell align="end" only="medium">
      {formatCount(day.fills)}
    </Cell>
    <Cell align="end" only="medium">
      {formatCount(day.trips)}
    </Cell>
  </Row>
);
