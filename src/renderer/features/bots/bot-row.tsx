import type { TFunction } from 'i18next';
import { memo } from 'react';
import { symbolOf } from '#domain/instrument.ts';
import { useBot } from '../../app/app-context.ts';
import { formatMoney, formatTime, NOTHING } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BotStateBadge } from './bot-state-badge.tsx';

export const botColumns = (t: TFunction<'bots'>): readonly Column[] => [
  { key: 'name', label: t('columns.name') },
  { key: 'instrument', label: t('columns.instrument'), only: 'medium' },
  { key: 'state', label: t('columns.state') },
  { key: 'equity', label: t('columns.equity'), align: 'end' },
  { key: 'today', label: t('columns.today'), align: 'end', title: t('columns.todayTitle') },
  {
    ...{ key: 'realized', label: t('columns.realized'), align: 'end', only: 'medium' },
    title: t('columns.beforeFees'),
  },
  {
    ...{ key: 'unrealized', label: t('columns.unrealized'), align: 'end' },
    title: t('columns.beforeFees'),
  },
  { key: 'drawdown', label: t('columns.drawdown'), align: 'end', only: 'wide' },
  { key: 'fees', label: t('columns.fees'), align: 'end', only: 'wide' },
  { key: 'fills', label: t('columns.fills'), align: 'end', only: 'medium' },
  { key: 'lastFill', label: t('columns.lastFill'), align: 'end', only: 'medium' },
];

const DAY_CHECK_MS = 60_000;

export interface BotRowProps {
  readonly botId: string;
  readonly isSelected: boolean;
  readonly onSelect: (botId: string) => void;
}

export const BotRow = memo(function BotRow({ botId, isSelected, onSelect }: BotRowProps) {
  const bot = useBot(botId);
  const now = useNow(DAY_CHECK_MS);
  if (bot === undefined) return null;
  const { config, status } = bot;
  const select = () => onSelect(botId);
  return (
    <Row isSelected={isSelected} onSelect={select} testId={`bot-row-${botId}`}>
      <Cell title={config.name}>
        <LinkButton onClick={select}>{config.name}</LinkButton>
      </Cell>
      <Cell only="medium" title={config.instrumentId}>
        {symbolOf(config.instrumentId)}
      </Cell>
      <Cell>
        <BotStateBadge status={status} />
      </Cell>
      <Cell align="end">{formatMoney(status.equity)}</Cell>
      <Cell align="end">
        <SignedMoney value={status.pnlToday} />
      </Cell>
      <Cell align="end" only="medium">
        <SignedMoney value={status.realizedPnl} />
      </Cell>
      <Cell align="end">
        <SignedMoney value={status.unrealizedPnl} />
      </Cell>
      <Cell align="end" only="wide" tone="dim">
        {formatMoney(status.drawdown)}
      </Cell>
      <Cell align="end" only="wide" tone="dim">
        {formatMoney(status.fees)}
      </Cell>
      <Cell align="end" only="medium">
        {status.fillCount}
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {status.lastFillTime === null ? NOTHING : formatTime(status.lastFillTime, now)}
      </Cell>
    </Row>
  );
});
