import { useActions, useReplay, useSelection } from '../../app/app-context.ts';
import { deckOf } from '../../stores/replay-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatFullDateTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { DeckForm } from './deck-form.tsx';
import styles from './replay-view.module.css';

const cx = bindClassNames(styles);

const COLUMNS: readonly Column[] = [
  { key: 'deck', label: 'Deck' },
  { key: 'instruments', label: 'Plays' },
  { key: 'state', label: 'State' },
  { key: 'time', label: 'At' },
  { key: 'trades', label: 'Trades', align: 'end' },
  { key: 'close', label: '' },
];

/** Opens stretches of the tape as decks beside live, and lists those that are open. */
export function ReplayView() {
  const decks = useReplay((state) => state.decks);
  const open = Object.values(decks);
  return (
    <div className={cx('view')}>
      <DeckForm />
      {open.length === 0 ? (
        <EmptyState text="No deck is open. A deck plays what was recorded, with bots of its own, beside live." />
      ) : (
        <Table label="Replay decks" columns={COLUMNS} testId="decks-table">
          {open.map(({ id }) => (
            <DeckRow key={id} deckId={id} />
          ))}
        </Table>
      )}
    </div>
  );
}

function DeckRow({ deckId }: { readonly deckId: string }) {
  const { selectInstrument, decks } = useActions();
  const { selectedInstrumentId } = useSelection();
  const deck = useReplay((state) => state.decks[deckId]);
  const shown = useReplay((state) => deckOf(state, selectedInstrumentId)?.id);
  const first = deck?.instruments[0];
  if (deck === undefined || first === undefined) return null;
  const show = () => selectInstrument(first.id);
  return (
    <Row isSelected={shown === deckId} onSelect={show} testId={`deck-row-${deckId}`}>
      <Cell>
        <LinkButton onClick={show}>{deckId}</LinkButton>
      </Cell>
      <Cell>{deck.instruments.map(({ sourceId }) => sourceId).join(', ')}</Cell>
      <Cell>{deck.state}</Cell>
      <Cell>{formatFullDateTime(deck.time)}</Cell>
      <Cell align="end">{deck.tradesPlayed.toLocaleString('en-US')}</Cell>
      <Cell>
        <Button
          variant="quiet"
          aria-label={`Close deck ${deckId}`}
          onClick={(event) => {
            event.stopPropagation();
            void decks.close(deckId);
          }}
        >
          Close
        </Button>
      </Cell>
    </Row>
  );
}
