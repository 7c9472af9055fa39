import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotStatus } from '#domain/bot.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useBot } from '../../app/app-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatCount, formatMoney, formatTime, NOTHING } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, Row } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BotFeedBadge } from './bot-feed-badge.tsx';
import { placeOf } from './bot-order.ts';
import { BotStateBadge } from './bot-state-badge.tsx';

const DAY_CHECK_MS = 60_000;

export interface BotRowProps {
  readonly botId: string;
  readonly index: number;
  readonly strategyName: (strategy: string) => string;
  readonly isSelected: boolean;
  readonly onSelect: (botId: string) => void;
}

export const BotRow = memo(function BotRow(props: BotRowProps) {
  const { botId, index, strategyName, isSelected, onSelect } = props;
  const { t } = useTranslation('bots');
  const bot = useBot(botId);
  if (bot === undefined) return null;
  const { config, status } = bot;
  const select = () => onSelect(botId);
  const strategy = strategyName(config.strategy);
  return (
    <Row index={index} isSelected={isSelected} onSelect={select} testId={`bot-row-${botId}`}>
      <Cell title={`${config.name} · ${strategy} · ${config.instrumentId}`}>
        <LinkButton onClick={select}>{config.name}</LinkButton>
        {placeOf(config.strategy) === 'elsewhere' && (
          <>
            {' '}
            <Badge title={t('externalTitle')}>{t('externalShort')}</Badge>
          </>
        )}
      </Cell>
      <Cell only="widest" tone="dim">
        {strategy}
      </Cell>
      <Cell only="roomy" title={config.instrumentId}>
        {symbolOf(config.instrumentId)}
      </Cell>
      <Cell>
        <BotStateBadge status={status} />
      </Cell>
      <Cell>
        <BotFeedBadge instrumentId={config.instrumentId} />
      </Cell>
      <StatusCells status={status} />
    </Row>
  );
});

function StatusCells({ status }: { readonly status: BotStatus }) {
  const now = useNow(DAY_CHECK_MS);
  return (
    <>
      <Cell align="end">{formatMoney(status.equity)}</Cell>
      <Cell align="end">
        <SignedMoney value={status.pnlToday} />
      </Cell>
      <Cell align="end" only="wide">
        <SignedMoney value={status.realizedPnl} />
      </Cell>
      <Cell align="end" only="roomy">
        <SignedMoney value={status.unrealizedPnl} />
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatMoney(status.drawdown)}
      </Cell>
      <Cell align="end" only="widest" tone="dim">
        {formatMoney(status.fees)}
      </Cell>
      <Cell align="end" only="widest">
        {formatCount(status.fillCount)}
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {status.lastFillTime === null ? NOTHING : formatTime(status.lastFillTime, now)}
      </Cell>
    </>
  );
}
