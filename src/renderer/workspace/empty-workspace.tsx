import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLayouts, useWorkspace } from '../app/app-context.ts';
import { Button } from '../ui/button.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from './workspace.module.css';

const cx = bindClassNames(styles);

/** What stands where all panels were closed. */
export function EmptyWorkspace() {
  const { t } = useTranslation('workspace');
  const layouts = useLayouts();
  const isEmpty = useStore(useWorkspace().store, ({ panels }) => Object.keys(panels).length === 0);
  if (!isEmpty) return null;
  return (
    <div className={cx('empty')}>
      <EmptyState
        text={t('empty')}
        action={<Button onClick={() => layouts.reset()}>{t('layouts.reset')}</Button>}
      />
    </div>
  );
}
