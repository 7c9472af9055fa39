import type { TFunction } from 'i18next';
import { Fragment, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fill } from '#domain/fill.ts';
import { useActions, useInstrument, useSelection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatMoney, formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SideText } from '../../ui/side-text.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useNotedFills } from '../journal/use-noted-fills.ts';
import { FillWhyView } from './fill-why.tsx';
import { type FillHistory, useFillHistory } from './use-fill-history.ts';

const FillNotes = lazy(() => import('../journal/fill-notes.tsx'));

const columnsOf = (t: TFunction<'bots'>): readonly Column[] => [
  { key: 'time', label: t('fills.time') },
  { key: 'side', label: t('fills.side') },
  { key: 'price', label: t('fills.price'), align: 'end' },
  { key: 'quantity', label: t('fills.quantity'), align: 'end' },
  { key: 'realized', label: t('columns.realized'), align: 'end', title: t('columns.beforeFees') },
  { key: 'fee', label: t('fills.fee'), align: 'end', only: 'medium' },
  { key: 'liquidity', label: t('fills.liquidity'), only: 'wide' },
  { key: 'notes', label: '', align: 'end' },
  { key: 'why', label: '', align: 'end' },
];

const DAY_CHECK_MS = 60_000;
const FEE_DECIMALS = 4;
const COLUMN_COUNT = 9;

/** What is unfolded below a fill. */
interface Unfolded {
  readonly fillId: string;
  readonly what: 'why' | 'notes';
}

/** The bot's fills, newest first: the last ones, and older ones by the page. */
export function FillsTable({ bot }: { readonly bot: BotRecord }) {
  const { t } = useTranslation('bots');
  const { revealed } = useSelection();
  const { selectFill } = useActions();
  const [unfolded, setUnfolded] = useState<Unfolded | null>(null);
  const noted = useNotedFills(bot.config.id);
  const instrument = useInstrument(bot.config.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  const history = useFillHistory(bot);
  const isUnfolded = (fill: Fill, what: Unfolded['what']) =>
    fill.id === unfolded?.fillId && unfolded.what === what;
  const toggle = (fill: Fill, what: Unfolded['what']) =>
    setUnfolded(isUnfolded(fill, what) ? null : { fillId: fill.id, what });
  if (history.fills.length === 0) return <EmptyState text={t('fills.none')} />;
  return (
    <Table label={t('fills.label', { name: bot.config.name })} columns={columnsOf(t)}>
      {history.fills.map((fill) => (
        <Fragment key={fill.id}>
          <Row
            isRevealed={fill.id === revealed?.fillId}
            onSelect={() => selectFill(fill)}
            testId="fill-row"
          >
            <Cell tone="dim" title={t('fills.show')}>
              <LinkButton isQuiet testId={`fill-show-${fill.id}`} onClick={() => selectFill(fill)}>
                {formatTime(fill.eventTime, now)}
              </LinkButton>
            </Cell>
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
                isQuiet={!noted.has(fill.id)}
                testId={`fill-note-${fill.id}`}
                label={t(noted.has(fill.id) ? 'fills.notes' : 'fills.note')}
                isExpanded={isUnfolded(fill, 'notes')}
                onClick={() => toggle(fill, 'notes')}
              >
                {t(noted.has(fill.id) ? 'fills.notesMark' : 'fills.noteMark')}
              </LinkButton>
            </Cell>
            <Cell align="end">
              <LinkButton
                testId={`fill-why-${fill.id}`}
                isExpanded={isUnfolded(fill, 'why')}
                onClick={() => toggle(fill, 'why')}
              >
                {t('why.ask')}
              </LinkButton>
            </Cell>
          </Row>
          {fill.id === unfolded?.fillId && (
            <tr>
              <td colSpan={COLUMN_COUNT}>
                {unfolded.what === 'why' ? (
                  <FillWhyView fillId={fill.id} />
                ) : (
                  <Suspense fallback={null}>
                    <FillNotes fill={fill} />
                  </Suspense>
                )}
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
