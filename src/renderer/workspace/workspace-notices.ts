import { succeed } from '#contract/errors.ts';
import { translator } from '../i18n/i18n.ts';
import type { Notice } from '../stores/notices.ts';
import type { LayoutNotice } from './layouts.ts';
import type { ClosedPanels, Workspace } from './workspace.ts';

const t = translator('workspace');

/** A step of this page alone: nothing can refuse it. */
const undoing = (undo: () => void) => async () => succeed(undo());

/** What has happened to the layouts. */
export const layoutNotice = (said: LayoutNotice, undo?: () => void): Notice => ({
  text: () => {
    const name = 'name' in said ? (said.name ?? t('layouts.default')) : '';
    return t(`notices.${said.kind}`, { name });
  },
  ...(undo && { undo: undoing(undo) }),
});

/** Panels that were closed, and can be had again. */
export const closingNotice = (
  workspace: Pick<Workspace, 'reopen'>,
  closed: ClosedPanels,
): Notice => ({
  text: () => {
    const names = Object.values(closed.panels).map(({ kind }) => t(`panels.${kind}`));
    return t('notices.closed', { name: names.join(', ') });
  },
  undo: undoing(() => workspace.reopen(closed)),
});
