import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '#contract/errors.ts';
import { systemClock } from '../client/system-clock.ts';
import { Button } from './button.tsx';
import { bindClassNames } from './class-names.ts';
import styles from './undo-strip.module.css';
import { useCommand } from './use-command.ts';

const cx = bindClassNames(styles);

const SHOWN_MS = 12_000;

/** Something that was done, and how it is taken back. */
export interface Undoable {
  readonly text: string;
  readonly undo: () => Promise<Result<unknown>>;
}

export interface UndoStripProps {
  readonly undoable: Undoable;
  /** It was taken back, or there was time enough to. */
  readonly onGone: () => void;
}

/** Says what was done and takes it back, for a while; it does not go while somebody is at it. */
export function UndoStrip({ undoable, onGone }: UndoStripProps) {
  const { t } = useTranslation('common');
  const [isHeld, setIsHeld] = useState(false);
  const { isBusy, error, run } = useCommand();
  useEffect(() => {
    if (isHeld || isBusy || error !== null) return;
    return systemClock.setTimeout(onGone, SHOWN_MS);
  }, [isHeld, isBusy, error, onGone]);
  const undo = async () => {
    if (await run(undoable.undo)) onGone();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only learns whether somebody is at it
    <div
      className={cx('strip')}
      data-testid="undo-strip"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span className={cx('text', error !== null && 'failed')} role="status" title={error ?? ''}>
        {error ?? undoable.text}
      </span>
      <Button testId="undo" disabled={isBusy} onClick={() => void undo()}>
        {t('undo')}
      </Button>
      <Button variant="quiet" aria-label={t('dismiss')} onClick={onGone}>
        ×
      </Button>
    </div>
  );
}
