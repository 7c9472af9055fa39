import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLayouts } from '../app/app-context.ts';
import { Button } from '../ui/button.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import styles from './layout-notice.module.css';
import type { Notice } from './layouts.ts';

const cx = bindClassNames(styles);

/** What has happened to the layouts, said over the panels so that nothing moves, with its undoing. */
export function LayoutNotice() {
  const { t } = useTranslation('workspace');
  const layouts = useLayouts();
  const { notice, canUndo } = useStore(layouts.store);
  const textOf = (said: Notice): string => {
    const name = 'name' in said ? (said.name ?? t('layouts.default')) : '';
    return t(`notices.${said.kind}`, { name });
  };
  return (
    <div role="status" className={cx('place')}>
      {notice !== null && (
        <div className={cx('notice')} data-testid="layout-notice">
          <span>{textOf(notice)}</span>
          {canUndo && (
            <Button testId="layout-undo" onClick={() => layouts.undo()}>
              {t('undo')}
            </Button>
          )}
          <Button variant="quiet" aria-label={t('dismiss')} onClick={() => layouts.dismissNotice()}>
            ✕
          </Button>
        </div>
      )}
    </div>
  );
}
