import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { systemClock } from '../client/system-clock.ts';
import { Button } from '../ui/button.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import { useShortcutText, useStores } from './app-context.ts';
import styles from './notice-toast.module.css';

const cx = bindClassNames(styles);

const SHOWN_MS = 12_000;

/** What was just done or found, said over the panels so that nothing moves, with its undoing. */
export function NoticeToast() {
  const { t } = useTranslation('common');
  const { notices } = useStores();
  const { shown, isUndoing, failure } = useStore(notices.store);
  const keys = useShortcutText('workspace.undo');
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (shown === null || isHeld || isUndoing || failure !== null) return;
    return systemClock.setTimeout(() => notices.dismiss(), SHOWN_MS);
  }, [notices, shown, isHeld, isUndoing, failure]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only learns whether somebody is at it
    <div
      className={cx('place')}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <div role="status">
        {shown !== null && (
          <div className={cx('notice')} data-testid="notice">
            <span className={cx('text', failure !== null && 'failed')}>
              {failure === null ? shown.text() : failure.message}
            </span>
            {shown.undo && (
              <Button
                testId="undo"
                disabled={isUndoing}
                title={keys}
                onClick={() => void notices.undo(shown)}
              >
                {t('undo')}
              </Button>
            )}
            <Button variant="quiet" aria-label={t('dismiss')} onClick={() => notices.dismiss()}>
              ✕
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
