import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './command-palette.module.css';

const cx = bindClassNames(styles);

export interface AwaitedPaletteProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onClose: () => void;
}

/** The palette's field alone, while the rest of it is fetched. */
export function AwaitedPalette({ typed, onType, onClose }: AwaitedPaletteProps) {
  const { t } = useTranslation('command-palette');
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: an effect would come too late for it.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={cx('dialog')} aria-label={t('title')} onClose={onClose}>
      <input
        className={cx('input')}
        aria-label={t('title')}
        placeholder={t('placeholder')}
        value={typed}
        onChange={({ target }) => onType(target.value)}
      />
    </dialog>
  );
}
