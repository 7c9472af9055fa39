import type { Command } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { translator } from '../i18n/i18n.ts';
import type { DialogStore } from '../stores/dialog-store.ts';
import type { Layouts } from '../workspace/layouts.ts';

/** What only the page can do. */
export interface LayoutPage {
  readonly exportLayout: (name: string) => void;
  /** Has the user choose a file; null where he does not. */
  readonly pickFile: () => Promise<File | null>;
  readonly openWindow: () => void;
}

export interface LayoutCommandParts {
  readonly layouts: Pick<
    Layouts,
    'store' | 'switchTo' | 'save' | 'duplicate' | 'remove' | 'reset' | 'import'
  >;
  readonly dialogs: DialogStore;
  readonly page: LayoutPage;
}

const t = translator('command-palette');
const ofWorkspace = translator('workspace');
const group = 'workspace';

/** All that the menu of layouts does, and from one to another by its order. */
export const layoutCommands = (parts: LayoutCommandParts): readonly Command[] => [
  ...stepCommands(parts),
  ...keepingCommands(parts),
  ...fileCommands(parts),
];

function stepCommands({ layouts }: LayoutCommandParts): readonly Command[] {
  const go = (step: 1 | -1) => () => {
    const { name, names } = layouts.store.getState();
    const all = [null, ...names];
    const at = Math.max(0, all.indexOf(name));
    layouts.switchTo(all.at((at + step) % all.length) ?? null);
  };
  const isEnabled = () => layouts.store.getState().names.length > 0;
  return [
    {
      ...{ id: 'layout.next', group, title: () => t('commands.nextLayout'), isEnabled },
      ...{ shortcut: knownShortcut('Alt+Shift+PageDown'), run: go(1) },
    },
    {
      ...{ id: 'layout.previous', group, title: () => t('commands.previousLayout'), isEnabled },
      ...{ shortcut: knownShortcut('Alt+Shift+PageUp'), run: go(-1) },
    },
  ];
}

function keepingCommands({ layouts, dialogs }: LayoutCommandParts): readonly Command[] {
  const name = () => layouts.store.getState().name;
  const isNamed = () => name() !== null;
  const saveAs = () => dialogs.setState({ open: 'save-layout' });
  return [
    {
      ...{ id: 'layout.save', group, title: () => t('commands.layout.save') },
      ...{ shortcut: knownShortcut('Mod+S'), run: () => (isNamed() ? layouts.save() : saveAs()) },
    },
    {
      ...{ id: 'layout.saveAs', group, title: () => t('commands.layout.saveAs') },
      ...{ shortcut: knownShortcut('Mod+Shift+S'), run: saveAs },
    },
    {
      ...{ id: 'layout.rename', group, title: () => t('commands.layout.rename') },
      ...{ isEnabled: isNamed, run: () => dialogs.setState({ open: 'rename-layout' }) },
    },
    {
      ...{ id: 'layout.duplicate', group, title: () => t('commands.layout.duplicate') },
      run: () => layouts.duplicate(ofWorkspace('layouts.default')),
    },
    {
      ...{ id: 'layout.delete', group, title: () => t('commands.layout.delete') },
      isEnabled: isNamed,
      run: () => {
        const current = name();
        if (current !== null) layouts.remove(current);
      },
    },
    {
      ...{ id: 'layout.reset', group, title: () => t('commands.layout.reset') },
      run: () => layouts.reset(),
    },
  ];
}

const fileCommands = ({ layouts, page }: LayoutCommandParts): readonly Command[] => [
  {
    ...{ id: 'layout.export', group, title: () => t('commands.layout.export') },
    run: () => page.exportLayout(layouts.store.getState().name ?? ofWorkspace('layouts.default')),
  },
  {
    ...{ id: 'layout.import', group, title: () => t('commands.layout.import') },
    run: () =>
      void page.pickFile().then(async (file) => {
        if (file !== null) layouts.import(file.name, await file.text());
      }),
  },
  {
    ...{ id: 'layout.window', group, title: () => t('commands.layout.window') },
    run: page.openWindow,
  },
];
