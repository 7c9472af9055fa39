import { type Result, succeed } from '#contract/errors.ts';
import { translator } from '../../i18n/i18n.ts';
import type { InstrumentStore } from '../../stores/instrument-store.ts';
import type { Notices } from '../../stores/notices.ts';
import { editsToRestore } from './restored-group.ts';
import type { WatchlistEditor } from './watchlist-editor.ts';

export interface GroupRemoval {
  readonly editor: Pick<WatchlistEditor, 'edit'>;
  readonly instruments: InstrumentStore;
  readonly notices: Pick<Notices, 'sayOf'>;
}

const t = translator('watchlist');

/** Removes a group, at once and without asking; it can be had again as it stood. */
export function removeGroup(
  { editor, instruments, notices }: GroupRemoval,
  groupId: string,
): Promise<Result<unknown>> {
  const { groups } = instruments.getState();
  const { name = '' } = groups.find(({ id }) => id === groupId) ?? {};
  const restore = async () => {
    for (const one of editsToRestore(groups, groupId)) {
      const restored = await editor.edit(one);
      if (!restored.ok) return restored;
    }
    return succeed(undefined);
  };
  return notices.sayOf(editor.edit({ kind: 'removeGroup', groupId }), ({ ok }) =>
    ok ? { text: () => t('removedGroup', { name }), undo: restore } : null,
  );
}
