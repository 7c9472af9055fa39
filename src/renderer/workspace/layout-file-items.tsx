import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayouts, useWorkspace } from '../app/app-context.ts';
import { MenuItem } from '../ui/menu.tsx';
import { saveTextFile } from '../ui/save-file.ts';
import { fileNameOf, LAYOUT_FILES, layoutText } from './layout-files.ts';

/** A layout as a file, out and in. */
export function LayoutFileItems({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('workspace');
  const layouts = useLayouts();
  const workspace = useWorkspace();
  const inputRef = useRef<HTMLInputElement>(null);
  const exportLayout = () => {
    close();
    const { name } = layouts.store.getState();
    saveTextFile(fileNameOf(name ?? t('layouts.default')), layoutText(workspace.layout));
  };
  const importFile = async (file: File | undefined) => {
    if (file !== undefined) layouts.import(file.name, await file.text());
    close();
  };
  return (
    <>
      <MenuItem testId="layout-export" onSelect={exportLayout}>
        {t('layouts.export')}
      </MenuItem>
      <MenuItem testId="layout-import" onSelect={() => inputRef.current?.click()}>
        {t('layouts.import')}
      </MenuItem>
      <input
        ref={inputRef}
        type="file"
        accept={LAYOUT_FILES}
        hidden
        data-testid="layout-import-file"
        onChange={({ target }) => void importFile(target.files?.[0])}
      />
    </>
  );
}
