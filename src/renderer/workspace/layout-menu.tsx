import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLayouts } from '../app/app-context.ts';
import { bindClassNames } from '../ui/class-names.ts';
import { Menu, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { LayoutFileItems } from './layout-file-items.tsx';
import { LayoutNameForm } from './layout-name-form.tsx';
import { openLayoutWindow } from './layout-window.ts';
import type { NameRefusal } from './layouts.ts';
import styles from './workspace.module.css';

const cx = bindClassNames(styles);

/** The layouts: which one is shown, and what can be done with it. */
export function LayoutMenu() {
  const { t } = useTranslation('workspace');
  const { name, isModified } = useStore(useLayouts().store);
  const shown = name ?? t('layouts.default');
  const label = t(isModified ? 'layouts.labelModified' : 'layouts.label', { name: shown });
  return (
    <Popover
      label={label}
      testId="layout-menu"
      button={
        <>
          <span className={cx('layoutName')}>{shown}</span>
          {isModified ? ' •' : ''} ▾
        </>
      }
    >
      {(close) => <OpenLayoutMenu close={close} />}
    </Popover>
  );
}

type Naming = { readonly initial: string; readonly give: (name: string) => NameRefusal | null };

function OpenLayoutMenu({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('workspace');
  const layouts = useLayouts();
  const { name } = useStore(layouts.store);
  const [naming, setNaming] = useState<Naming | null>(null);
  if (naming !== null) return <LayoutNameForm {...naming} onDone={close} />;
  const item = (work: () => void) => () => {
    close();
    work();
  };
  const saveAs = () => setNaming({ initial: name ?? '', give: (wished) => layouts.saveAs(wished) });
  return (
    <Menu label={t('layouts.menu')}>
      <LayoutChoice onChoose={(chosen) => item(() => layouts.switchTo(chosen))()} />
      <MenuLine />
      <MenuItem testId="layout-save" onSelect={name === null ? saveAs : item(() => layouts.save())}>
        {t('layouts.save')}
      </MenuItem>
      <MenuItem testId="layout-save-as" onSelect={saveAs}>
        {t('layouts.saveAs')}
      </MenuItem>
      <MenuItem
        testId="layout-duplicate"
        onSelect={item(() => layouts.duplicate(t('layouts.default')))}
      >
        {t('layouts.duplicate')}
      </MenuItem>
      {name !== null && (
        <SavedLayoutItems
          onRename={() =>
            setNaming({ initial: name, give: (wished) => layouts.rename(name, wished) })
          }
          onDelete={item(() => layouts.remove(name))}
        />
      )}
      <MenuItem testId="layout-reset" onSelect={item(() => layouts.reset())}>
        {t('layouts.reset')}
      </MenuItem>
      <MenuLine />
      <LayoutFileItems close={close} />
      <MenuItem testId="layout-window" onSelect={item(() => openLayoutWindow(layouts))}>
        {t('layouts.window')}
      </MenuItem>
    </Menu>
  );
}

function LayoutChoice({
  onChoose,
}: {
  readonly onChoose: (name: string | null) => void;
}): ReactNode {
  const { t } = useTranslation('workspace');
  const { name, names } = useStore(useLayouts().store);
  return (
    <>
      <MenuHeading>{t('layouts.menu')}</MenuHeading>
      <MenuItem isChecked={name === null} testId="layout-default" onSelect={() => onChoose(null)}>
        {t('layouts.default')}
      </MenuItem>
      {names.map((one) => (
        <MenuItem
          key={one}
          isChecked={one === name}
          testId={`layout-${one}`}
          onSelect={() => onChoose(one)}
        >
          {one}
        </MenuItem>
      ))}
    </>
  );
}

interface SavedLayoutItemsProps {
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function SavedLayoutItems({ onRename, onDelete }: SavedLayoutItemsProps) {
  const { t } = useTranslation('workspace');
  return (
    <>
      <MenuItem testId="layout-rename" onSelect={onRename}>
        {t('layouts.rename')}
      </MenuItem>
      <MenuItem testId="layout-delete" onSelect={onDelete}>
        {t('layouts.delete')}
      </MenuItem>
    </>
  );
}
