import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { deckOfBot } from '#contract/decks.ts';
import { useInstrument, useSelection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useNotedFills } from '../journal/use-noted-fills.ts';
import { FillRow } from './fill-row.tsx';
import { type FillHistory, useFillHistory } from './use-fill-history.ts';

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
const COLUMN_COUNT = 9;

/** The bot's fills, newest first: the last ones, and older ones by the page. */
export function FillsTable({ bot }: { readonly bot: BotRecord }) {
  const { t } = useTranslation('bots');
  const { revealed } = useSelection();
  // A deck's fills are gone with it, and another deck's have the same names.
  const isKept = deckOfBot(bot.config.id) === undefined;
  const noted = useNotedFills(isKept ? bot.config.id : null);
  const instrument = useInstrument(bot.config.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  const history = useFillHistory(bot);
  if (history.fills.length === 0) return <EmptyState text={t('fills.none')} />;
  return (
    <Table label={t('fills.label', { name: bot.config.name })} columns={columnsOf(t)}>
      {history.fills.map((fill) => (
        <FillRow
          key={fill.id}
          isRevealed={fill.id === revealed?.fillId}
          hasNotes={isKept ? noted.has(fill.id) : null}
          priceIncrement={instrument?.priceIncrement}
          columnCount={COLUMN_COUNT}
          {...{ fill, now }}
        />
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
