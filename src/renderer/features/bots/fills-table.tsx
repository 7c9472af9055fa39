import type { TFunction } from 'i18next';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstrument, useSelection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatMoney, formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SideText } from '../../ui/side-text.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { FillWhyView } from './fill-why.tsx';
import { type FillHistory, useFillHistory } from './use-fill-history.ts';

const columnsOf = (t: TFunction<'bots'>): readonly Column[] => [
  { key: 'time', label: t('fills.time') },
  { key: 'side', label: t('fills.side') },
  { key: 'price', label: t('fills.price'), align: 'end' },
  { key: 'quantity', label: t('fills.quantity'), align: 'end' },
  { key: 'realized', label: t('columns.realized'), align: 'end', title: t('columns.beforeFees') },
  { key: 'fee', label: t('fills.fee'), align: 'end', only: 'medium' },
  { key: 'liquidity', label: t('fills.liquidity'), only: 'wide' },
  { key: 'why', label: '', align: 'end' },
];

const DAY_CHECK_MS = 60_000;
const FEE_DECIMALS = 4;
const COLUMN_COUNT = 8;

/** The bot's fills, newest first: the last ones, and older ones by the page. */
export function FillsTable({ bot }: { readonly bot: BotRecord }) {
  const { t } = useTranslation('bots');
  const { revealedFillId } = useSelection();
  const [askedFillId, setAskedFillId] = useState<string | null>(null);
  const instrument = useInstrument(bot.config.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  const history = useFillHistory(bot);
  if (history.fills.length === 0) return <EmptyState text={t('fills.none')} />;
  return (
    <Table label={t('fills.label', { name: bot.config.name })} columns={columnsOf(t)}>
      {history.fills.map((fill) => (
        <Fragment key={fill.id}>
          <Row isRevealed={fill.id === revealedFillId} testId="fill-row">
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
              {t(`fills.${fill.liquidity}`)}
            </Cell>
            <Cell align="end">
              <LinkButton
                testId={`fill-why-${fill.id}`}
                isExpanded={fill.id === askedFillId}
                onClick={() => setAskedFillId(fill.id === askedFillId ? null : fill.id)}
              >
                {t('why.ask')}
              </LinkButton>
            </Cell>
          </Row>
          {fill.id === askedFillId && (
            <tr>
              <td colSpan={COLUMN_COUNT}>
                <FillWhyView fillId={fill.id} />
              </td>
            </tr>
          )}
        </Fragment>
      ))}
      {history.hasOlder && <OlderFills history={history} />}
    </Table>
  );
}

function OlderFills({
  history: { isLoading, error, loadOlder },
}: {
  readonly history: FillHistory;
}) {
  const { t } = useTranslation('bots');
  return (
    <tr>
      <td colSpan={COLUMN_COUNT}>
        <Button
          variant="quiet"
          disabled={isLoading}
          testId="fills-older"
          onClick={() => void loadOlder()}
        >
          {t('fills.older')}
        </Button>{' '}
        {error !== null && <span role="alert">{error}</span>}
      </td>
    </tr>
  );
}
