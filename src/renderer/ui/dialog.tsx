import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { bindClassNames } from './class-names.ts';
import styles from './dialog.module.css';

const cx = bindClassNames(styles);

export interface DialogProps {
  readonly title: string;
  readonly testId: string;
  /** A button for being done, where nothing inside is one. */
  readonly hasDone?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is to be filled in, where something is: the browser would have the button that closes. */
const fieldToFill = (dialog: HTMLElement | null): HTMLElement | null | undefined =>
  dialog?.querySelector<HTMLElement>('[data-autofocus]') ??
  dialog?.querySelector<HTMLElement>('input:enabled');

/** A dialog of the browser's own: it keeps the focus, and gives it back; Escape closes it. */
export function Dialog({ title, testId, hasDone = true, onClose, children }: DialogProps) {
  const { t } = useTranslation('common');
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // As it is shown: what is typed next belongs to it.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    fieldToFill(dialog)?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={cx('dialog', 'framed')}
      aria-labelledby={titleId}
      data-testid={testId}
      onClose={onClose}
    >
      <header className={cx('header')}>
        <h2 id={titleId} className={cx('title')}>
          {title}
        </h2>
        <Button variant="quiet" aria-label={t('close')} onClick={onClose}>
          ×
        </Button>
      </header>
      <div className={cx('body')}>{children}</div>
      {hasDone && (
        <footer className={cx('footer')}>
          <Button variant="accent" testId={`${testId}-done`} onClick={onClose}>
            {t('done')}
          </Button>
        </footer>
      )}
    </dialog>
  );
}
