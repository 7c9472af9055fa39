import { useInstrument, useSelection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatMoney, formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { SideText } from '../../ui/side-text.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', label: 'Time' },
  { key: 'side', label: 'Side' },
  { key: 'price', label: 'Price', align: 'end' },
  { key: 'quantity', label: 'Quantity', align: 'end' },
  { key: 'realized', label: 'Realised', align: 'end', title: 'Before fees' },
  { key: 'fee', label: 'Fee', align: 'end', only: 'medium' },
  { key: 'liquidity', label: 'Liquidity', only: 'wide' },
];

const DAY_CHECK_MS = 60_000;
const FEE_DECIMALS = 4;

/** The bot's last fills, newest first. */
export function FillsTable({ bot }: { readonly bot: BotRecord }) {
  const { revealedFillId } = useSelection();
  const instrument = useInstrument(bot.config.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  if (bot.fills.length === 0) return <EmptyState text="No fills yet" />;
  return (
    <Table label={`Fills of ${bot.config.name}, newest first`} columns={COLUMNS}>
      {bot.fills.map((fill) => (
        <Row key={fill.id} isRevealed={fill.id === revealedFillId} testId="fill-row">
          <Cell tone="dim">{formatTime(fill.eventTime, now)}</Cell>
          <Cell>
            <SideText side={fill.side} />
          </Cell>
          <Cell align="end">{formatPriceDecimal(fill.price, instrument?.priceIncrement)}</Cell>
          <Cell align="end">{formatQuantity(fill.quantity)}</Cell>
          <Cell align="end">
            <SignedMoney value={fill.realizedPnl} />
          </Cell>
          <Cell align="end" only="medium" tone="dim" title={fill.feeCurrency}>
            {formatMoney(fill.fee, { decimals: FEE_DECIMALS })}
          </Cell>
          <Cell only="wide" tone="dim">
            {fill.liquidity}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
