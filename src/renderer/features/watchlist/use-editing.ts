import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchlistEdit } from '#domain/watchlist.ts';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { newId } from '../../ui/new-id.ts';
import { removeGroup } from './group-removal.ts';
import { stepOf } from './row-moves.ts';
import { WatchlistEditor } from './watchlist-editor.ts';
import type { WatchlistRow as Row } from './watchlist-rows.ts';

export type Editing = ReturnType<typeof useEditing>;

/** The user's changes of order and groups, with what is said of them. */
export function useEditing() {
  const { t } = useTranslation('watchlist');
  const client = useHubClient();
  const { instruments, notices } = useStores();
  const editor = useMemo(() => new WatchlistEditor(client, instruments), [client, instruments]);
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  const edit = async (change: WatchlistEdit | null) => {
    if (change === null) return;
    setError(null);
    const reply =
      change.kind === 'removeGroup'
        ? await removeGroup({ editor, instruments, notices }, change.groupId)
        : await editor.edit(change);
    if (!reply.ok) setError(reply.error.message);
    else if (change.kind === 'moveInstrument') setSaid(t('moved', { name: change.instrumentId }));
    else if (change.kind === 'moveGroup') setSaid(t('movedGroup'));
  };
  const addGroup = () => {
    const groupId = newId();
    void edit({ kind: 'addGroup', groupId, name: t('newGroupName') });
    setRenamingId(groupId);
  };
  const renamed = (groupId: string, name: string | null) => {
    setRenamingId(null);
    if (name !== null) void edit({ kind: 'renameGroup', groupId, name });
  };
  /** What a key means for the row that has the focus; null where nothing. */
  const workOfKey = (event: KeyboardEvent, rows: readonly Row[], index: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (event.altKey && step !== null) return () => void edit(stepOf(rows, index, step));
    const row = rows[index];
    if (row?.kind !== 'group') return null;
    const { id: groupId, isCollapsed } = row.group;
    const collapse = (isNow: boolean) => () =>
      void edit({ kind: 'collapseGroup', groupId, isCollapsed: isNow });
    switch (event.key) {
      case 'ArrowLeft':
        return isCollapsed ? null : collapse(true);
      case 'ArrowRight':
        return isCollapsed ? collapse(false) : null;
      case 'Enter':
      case ' ':
        return collapse(!isCollapsed);
      case 'F2':
        return () => setRenamingId(groupId);
      case 'Delete':
        return () => void edit({ kind: 'removeGroup', groupId });
      default:
        return null;
    }
  };
  return {
    ...{ edit: (change: WatchlistEdit | null) => void edit(change), addGroup, renamed, workOfKey },
    ...{ rename: setRenamingId, renamingId, error, said },
  };
}
