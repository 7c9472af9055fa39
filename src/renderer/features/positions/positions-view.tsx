import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useActions, useBot, useBotIds, useInstrument, useMarket } from '../../app/app-context.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import {
  formatMoney,
  formatPrice,
  formatPriceDecimal,
  formatQuantity,
  signOf,
} from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { ClosePosition } from './close-position.tsx';

const columnsOf = (t: TFunction<'positions'>): readonly Column[] => [
  { key: 'bot', label: t('bot') },
  { key: 'instrument', label: t('instrument') },
  { key: 'side', label: t('side') },
  { key: 'quantity', label: t('quantity'), align: 'end' },
  { key: 'entry', label: t('entry'), align: 'end' },
  { key: 'last', label: t('last'), align: 'end' },
  { key: 'unrealized', label: t('unrealized'), align: 'end', title: t('beforeFees') },
  {
    ...{ key: 'realized', label: t('realized'), align: 'end', only: 'medium' },
    title: t('beforeFees'),
  },
  { key: 'fees', label: t('fees'), align: 'end', only: 'medium' },
  { key: 'close', label: '', align: 'end' },
];

/** One net position a bot and instrument; flat ones stay for what they have realised. */
export function PositionsView() {
  const { t } = useTranslation('positions');
  const botIds = useBotIds();
  if (botIds?.length === 0) return <EmptyState text={t('none')} />;
  return (
    <Table label={t('title')} columns={columnsOf(t)} testId="positions-table">
      {botIds?.map((botId) => (
        <PositionRow key={botId} botId={botId} />
      ))}
    </Table>
  );
}

const PositionRow = memo(function PositionRow({ botId }: { readonly botId: string }) {
  const { t } = useTranslation('positions');
  const { reveal } = useActions();
  const bot = useBot(botId);
  const id = bot?.config.instrumentId ?? null;
  const instrument = useInstrument(id);
  const price = useMarket((state) => (id === null ? undefined : state.tickers[id]?.price));
  if (bot === undefined) return null;
  const { position } = bot;
  const sign = signOf(position.quantity);
  const increment = instrument?.priceIncrement;
  const open = () => reveal({ botId });
  return (
    <Row onSelect={open} testId={`position-row-${botId}`}>
      <Cell>
        <LinkButton onClick={open}>{bot.config.name}</LinkButton>
      </Cell>
      <Cell>{symbolOf(position.instrumentId)}</Cell>
      <Cell tone={sign === 0 ? 'dim' : sign > 0 ? 'up' : 'down'}>
        {t(sign === 0 ? 'flat' : sign > 0 ? 'long' : 'short')}
      </Cell>
      <Cell align="end">{formatQuantity(position.quantity)}</Cell>
      <Cell align="end">{formatPriceDecimal(position.averagePrice, increment)}</Cell>
      <Cell align="end">{increment === undefined ? null : formatPrice(price, increment)}</Cell>
      <Cell align="end">
        <SignedMoney value={position.unrealizedPnl} />
      </Cell>
      <Cell align="end" only="medium">
        <SignedMoney value={position.realizedPnl} />
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatMoney(position.fees)}
      </Cell>
      <Cell align="end">
        {sign !== 0 && bot.config.strategy !== EXTERNAL_STRATEGY && <ClosePosition botId={botId} />}
      </Cell>
    </Row>
  );
});
