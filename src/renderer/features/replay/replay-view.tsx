import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, useReplay, useSelection, useStores } from '../../app/app-context.ts';
import { sayRefusal } from '../../app/say-refusal.ts';
import { deckOf } from '../../stores/replay-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatFullDateTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { DeckForm } from './deck-form.tsx';
import { DeckStanding } from './deck-standing.tsx';
import styles from './replay-view.module.css';

const cx = bindClassNames(styles);

function useColumns(): readonly Column[] {
  const { t } = useTranslation('replay');
  return useMemo(
    () => [
      { key: 'deck', label: t('columns.deck') },
      { key: 'instruments', label: t('columns.instruments') },
      { key: 'state', label: t('columns.state') },
      { key: 'time', label: t('columns.time'), only: 'medium' },
      { key: 'trades', label: t('columns.trades'), align: 'end', only: 'medium' },
      { key: 'close', label: '' },
    ],
    [t],
  );
}

/** Opens stretches of the tape as decks beside live, and lists those that are open. */
export function ReplayView() {
  const { t } = useTranslation('replay');
  const columns = useColumns();
  const decks = useReplay((state) => state.decks);
  const open = Object.values(decks);
  return (
    <div className={cx('place')}>
      <div className={cx('view')}>
        <DeckForm />
        {open.length === 0 ? (
          <EmptyState text={t('none')} />
        ) : (
          <Table label={t('decks')} columns={columns} testId="decks-table">
            {open.map(({ id }) => (
              <DeckRow key={id} deckId={id} />
            ))}
          </Table>
        )}
      </div>
    </div>
  );
}

function DeckRow({ deckId }: { readonly deckId: string }) {
  const { t } = useTranslation('replay');
  const { selectInstrument, decks } = useActions();
  const stores = useStores();
  const { selectedInstrumentId } = useSelection();
  const deck = useReplay((state) => state.decks[deckId]);
  const shown = useReplay((state) => deckOf(state, selectedInstrumentId)?.id);
  const first = deck?.instruments[0];
  if (deck === undefined || first === undefined) return null;
  const show = () => selectInstrument(first.id);
  const isThere = deck.run > 0;
  const close = t(deck.opening === null ? 'bar.close' : 'cancel');
  return (
    <Row
      isSelected={shown === deckId}
      {...(isThere && { onSelect: show })}
      testId={`deck-row-${deckId}`}
    >
      <Cell>{isThere ? <LinkButton onClick={show}>{deckId}</LinkButton> : deckId}</Cell>
      <Cell>{deck.instruments.map(({ sourceId }) => sourceId).join(', ')}</Cell>
      <Cell>
        <DeckStanding deck={deck} />
      </Cell>
      <Cell only="medium">{isThere ? formatFullDateTime(deck.time) : ''}</Cell>
      <Cell align="end" only="medium">
        {isThere ? formatCount(deck.tradesPlayed) : ''}
      </Cell>
      <Cell>
        <Button
          variant="quiet"
          aria-label={t(deck.opening === null ? 'closeDeck' : 'cancelDeck', { deck: deckId })}
          testId={`deck-row-close-${deckId}`}
          onClick={(event) => {
            event.stopPropagation();
            void sayRefusal(stores, decks.close(deckId));
          }}
        >
          {close}
        </Button>
      </Cell>
    </Row>
  );
}
