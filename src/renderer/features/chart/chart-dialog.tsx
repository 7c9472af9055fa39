import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './dialog.module.css';

const cx = bindClassNames(styles);

export interface ChartDialogProps {
  readonly title: string;
  readonly testId: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog of the browser's own: it keeps the focus, and gives it back; Escape closes it. */
export function ChartDialog({ title, testId, onClose, children }: ChartDialogProps) {
  const { t } = useTranslation('chart');
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={cx('dialog')}
      aria-labelledby={titleId}
      data-testid={testId}
      onClose={onClose}
    >
      <header className={cx('header')}>
        <h2 id={titleId} className={cx('title')}>
          {title}
        </h2>
        <Button variant="quiet" aria-label={t('dialog.close')} onClick={onClose}>
          ×
        </Button>
      </header>
      <div className={cx('body')}>{children}</div>
      <footer className={cx('footer')}>
        <Button variant="accent" testId={`${testId}-done`} onClick={onClose}>
          {t('dialog.done')}
        </Button>
      </footer>
    </dialog>
  );
}
