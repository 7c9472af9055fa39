import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstrumentId } from '#domain/instrument.ts';
import {
  useActions,
  useInstruments,
  usePanelAnswers,
  useSelection,
} from '../../app/app-context.ts';
import { OpenedPart } from '../../app/opened-part.tsx';
import { useOffline } from '../../app/use-offline.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fetched } from '../../ui/fetched.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { GroupRow } from './group-row.tsx';
import { OfferedInstruments } from './offered-instruments.tsx';
import { moveOf } from './row-moves.ts';
import { type Editing, useEditing } from './use-editing.ts';
import { useRemoval } from './use-removal.ts';
import styles from './watchlist-panel.module.css';
import { WatchlistRow } from './watchlist-row.tsx';
import { keyOfGroup, type WatchlistRow as Row, watchlistRows } from './watchlist-rows.ts';
import { WatchlistTree } from './watchlist-tree.tsx';

const cx = bindClassNames(styles);

const AddExchangeDialog = fetched(
  async () => (await import('../feeds/add-exchange-dialog.tsx')).default,
);

/** What is watched, in groups and in the user's order. */
export function WatchlistPanel() {
  const { t } = useTranslation('watchlist');
  const watchlist = useInstruments((state) => state.watchlist);
  const groups = useInstruments((state) => state.groups);
  const deckInstruments = useInstruments((state) => state.deckInstruments);
  const offline = useOffline();
  const { selectedInstrumentId } = useSelection();
  const { selectInstrument } = useActions();
  const [search, setSearch] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const removal = useRemoval();
  const editing = useEditing();
  const rows = useMemo(
    () => watchlistRows({ groups, instruments: watchlist ?? [], deckInstruments }, search),
    [groups, watchlist, deckInstruments, search],
  );
  const searchRef = useRef<HTMLInputElement>(null);
  usePanelAnswers({
    'watchlist.search': () => searchRef.current?.focus(),
    'watchlist.newGroup': editing.addGroup,
    'watchlist.renameGroup': (groupId) => {
      // What is found shows no groups.
      setSearch('');
      editing.rename(groupId);
    },
  });
  const treeRef = useRef<HTMLDivElement>(null);
  const isSearching = search.trim() !== '';

  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setSearch('');
    else if (event.key === 'ArrowDown') {
      treeRef.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
    } else if (event.key === 'Enter') {
      const first = rows.find((row) => row.kind === 'instrument');
      if (first?.kind === 'instrument') selectInstrument(first.instrument.id);
    } else return;
    event.preventDefault();
  };
  const onReached = (index: number) => {
    const row = rows[index];
    if (row?.kind === 'instrument') selectInstrument(row.instrument.id);
  };
  const onRowKey = (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    const work = editing.workOfKey(event, rows, index) ?? removalOfKey(event, row, removal.remove);
    if (work === null) return;
    event.preventDefault();
    work();
  };
  // Before the first answer nothing is known to be missing, so nothing is said to be.
  const notLive = watchlist === null ? null : offline;
  const isEmpty = watchlist?.length === 0 && deckInstruments.length === 0 && !isSearching;
  const addButton = (
    <Button testId="add-instruments" onClick={() => setIsAdding(true)}>
      {t('addInstruments')}
    </Button>
  );
  return (
    <Panel
      title={t('title')}
      notLive={notLive}
      header={
        <>
          <input
            ref={searchRef}
            type="search"
            className={cx('search')}
            placeholder={t('search')}
            aria-label={t('search')}
            data-testid="watchlist-search"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            onKeyDown={onSearchKey}
          />
          <Button
            variant="quiet"
            testId="new-group"
            aria-label={t('newGroup')}
            title={t('newGroup')}
            onClick={editing.addGroup}
          >
            ⊞
          </Button>
          <Button
            variant="quiet"
            testId="open-add-instruments"
            aria-label={t('addInstruments')}
            title={t('addInstruments')}
            onClick={() => setIsAdding(true)}
          >
            +
          </Button>
        </>
      }
    >
      <div className={cx('root', isSearching && 'searching')} ref={treeRef}>
        {isEmpty ? (
          <EmptyState text={t('empty')} action={addButton} />
        ) : (
          <WatchlistTree
            rows={rows}
            label={t('instruments')}
            selectedKey={selectedInstrumentId}
            namedKey={editing.renamingId === null ? null : keyOfGroup(editing.renamingId)}
            canDrag={!isSearching}
            onDrop={({ from, to }) => editing.edit(moveOf(rows, from, to))}
            onRowKey={onRowKey}
            onReached={onReached}
          >
            {(row) => (
              <RowContent
                row={row}
                selectedId={selectedInstrumentId}
                onSelect={selectInstrument}
                onRemove={removal.remove}
                editing={editing}
              />
            )}
          </WatchlistTree>
        )}
        {isSearching && (
          <OfferedInstruments
            text={search}
            watched={watchlist ?? []}
            onAdded={selectInstrument}
            onSearchExchanges={() => setIsAdding(true)}
          />
        )}
        {(removal.error ?? editing.error) !== null && (
          <p className={cx('error')} role="alert">
            {removal.error ?? editing.error}
          </p>
        )}
        <LiveText text={editing.said} />
        {isAdding && (
          <OpenedPart onClose={() => setIsAdding(false)}>
            <AddExchangeDialog text={search.trim()} onClose={() => setIsAdding(false)} />
          </OpenedPart>
        )}
      </div>
    </Panel>
  );
}

interface RowContentProps {
  readonly row: Row;
  readonly selectedId: InstrumentId | null;
  readonly onSelect: (id: InstrumentId) => void;
  readonly onRemove: (id: InstrumentId) => void;
  readonly editing: Editing;
}

function RowContent({ row, selectedId, onSelect, onRemove, editing }: RowContentProps) {
  const { t } = useTranslation('watchlist');
  if (row.kind === 'decks') return <div className={cx('decks')}>{t('decks')}</div>;
  if (row.kind === 'instrument') {
    return (
      <WatchlistRow
        instrument={row.instrument}
        isSelected={row.instrument.id === selectedId}
        onSelect={onSelect}
        onRemove={row.groupId === null ? undefined : onRemove}
      />
    );
  }
  const { id: groupId, isCollapsed } = row.group;
  return (
    <GroupRow
      group={row.group}
      count={row.count}
      isRenaming={editing.renamingId === groupId}
      onToggle={() => editing.edit({ kind: 'collapseGroup', groupId, isCollapsed: !isCollapsed })}
      onRename={() => editing.rename(groupId)}
      onRenamed={(name) => editing.renamed(groupId, name)}
      onRemove={() => editing.edit({ kind: 'removeGroup', groupId })}
    />
  );
}

function removalOfKey(
  { key }: KeyboardEvent,
  row: Row,
  remove: (id: InstrumentId) => void,
): (() => void) | null {
  if (key !== 'Delete' || row.kind !== 'instrument' || row.groupId === null) return null;
  return () => remove(row.instrument.id);
}
