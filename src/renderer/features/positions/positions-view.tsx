import { memo } from 'react';
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

const COLUMNS: readonly Column[] = [
  { key: 'bot', label: 'Bot' },
  { key: 'instrument', label: 'Instrument' },
  { key: 'side', label: 'Side' },
  { key: 'quantity', label: 'Quantity', align: 'end' },
  { key: 'entry', label: 'Entry', align: 'end' },
  { key: 'last', label: 'Last', align: 'end' },
  { key: 'unrealized', label: 'Unrealised', align: 'end', title: 'Before fees' },
  { key: 'realized', label: 'Realised', align: 'end', title: 'Before fees', only: 'medium' },
  { key: 'fees', label: 'Fees', align: 'end', only: 'medium' },
];

/** One net position a bot and instrument; flat ones stay for what they have realised. */
export function PositionsView() {
  const botIds = useBotIds();
  if (botIds?.length === 0) return <EmptyState text="No bots, so no positions" />;
  return (
    <Table label="Positions" columns={COLUMNS} testId="positions-table">
      {botIds?.map((botId) => (
        <PositionRow key={botId} botId={botId} />
      ))}
    </Table>
  );
}

const PositionRow = memo(function PositionRow({ botId }: { readonly botId: string }) {
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
        {sign === 0 ? 'flat' : sign > 0 ? 'long' : 'short'}
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
    </Row>
  );
});
