import { type KeyboardEvent, useId } from 'react';
import { useActions, useConnection, useInstruments, useSelection } from '../../app/app-context.ts';
import { livenessOf } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './watchlist-panel.module.css';
import { WatchlistRow } from './watchlist-row.tsx';

const cx = bindClassNames(styles);

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export function WatchlistPanel() {
  const watchlist = useInstruments((state) => state.watchlist);
  const connection = useConnection((state) => state.connection);
  const { selectedInstrumentId } = useSelection();
  const { selectInstrument } = useActions();
  const listId = useId();
  const deckInstruments = useInstruments((state) => state.deckInstruments);
  const instruments = [...(watchlist ?? []), ...deckInstruments];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = instruments.findIndex((instrument) => instrument.id === selectedInstrumentId);
    const next = instruments[index + step];
    if (next === undefined) return;
    selectInstrument(next.id);
    document.getElementById(`${listId}-${index + step}`)?.focus();
  };
  // Before the first answer nothing is known to be missing, so nothing is said to be.
  const notLive = watchlist === null ? null : livenessOf(connection, undefined);
  return (
    <Panel title="Watchlist" notLive={notLive}>
      {watchlist?.length === 0 && deckInstruments.length === 0 ? (
        <EmptyState text="No instruments. Start with --feed, for example --feed demo." />
      ) : (
        <div className={cx('list')} role="listbox" aria-label="Instruments" onKeyDown={onKeyDown}>
          {instruments.map((instrument, index) => (
            <WatchlistRow
              key={instrument.id}
              id={`${listId}-${index}`}
              instrument={instrument}
              isSelected={instrument.id === selectedInstrumentId}
              onSelect={selectInstrument}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}
