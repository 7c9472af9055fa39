import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLayouts } from '../app/app-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { LayoutNameForm } from './layout-name-form.tsx';

export interface LayoutNameDialogProps {
  readonly purpose: 'save' | 'rename';
  readonly onClose: () => void;
}

/** Asks for a layout's name where a command wants one. */
export default function LayoutNameDialog({ purpose, onClose }: LayoutNameDialogProps) {
  const { t } = useTranslation('workspace');
  const layouts = useLayouts();
  const name = useStore(layouts.store, (state) => state.name);
  const give = (wished: string) =>
    purpose === 'rename' && name !== null ? layouts.rename(name, wished) : layouts.saveAs(wished);
  return (
    <Dialog
      title={t(purpose === 'rename' ? 'layouts.rename' : 'layouts.saveAs')}
      testId="layout-name-dialog"
      hasDone={false}
      onClose={onClose}
    >
      <LayoutNameForm initial={name ?? ''} give={give} onDone={onClose} />
    </Dialog>
  );
}
