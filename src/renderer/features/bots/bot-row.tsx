import { memo } from 'react';
import { symbolOf } from '#domain/instrument.ts';
import { useBot } from '../../app/app-context.ts';
import { formatMoney, formatTime, NOTHING } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BotStateBadge } from './bot-state-badge.tsx';

export const BOT_COLUMNS: readonly Column[] = [
  { key: 'name', label: 'Bot' },
  { key: 'instrument', label: 'Instrument', only: 'medium' },
  { key: 'state', label: 'State' },
  { key: 'equity', label: 'Equity', align: 'end' },
  { key: 'realized', label: 'Realised', align: 'end', title: 'Before fees', only: 'medium' },
  { key: 'unrealized', label: 'Unrealised', align: 'end', title: 'Before fees' },
  { key: 'fees', label: 'Fees', align: 'end', only: 'medium' },
  { key: 'fills', label: 'Fills', align: 'end', only: 'medium' },
  { key: 'lastFill', label: 'Last fill', align: 'end', only: 'medium' },
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
        <BotStateBadge state={status.state} error={status.error} />
      </Cell>
      <Cell align="end">{formatMoney(status.equity)}</Cell>
      <Cell align="end" only="medium">
        <SignedMoney value={status.realizedPnl} />
      </Cell>
      <Cell align="end">
        <SignedMoney value={status.unrealizedPnl} />
      </Cell>
      <Cell align="end" only="medium" tone="dim">
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
