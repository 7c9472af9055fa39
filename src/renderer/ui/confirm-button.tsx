import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import { Button } from './button.tsx';
import { bindClassNames } from './class-names.ts';
import styles from './confirm-button.module.css';
import { useCommand } from './use-command.ts';

const cx = bindClassNames(styles);

export interface ConfirmButtonProps {
  /** What it does, in a word. */
  readonly label: string;
  /** What it does, in full. */
  readonly title: string;
  /** What it is called when it is asked for once more. */
  readonly confirmLabel: string;
  readonly keepLabel: string;
  readonly failedLabel: string;
  readonly disabled: boolean;
  readonly work: () => Promise<Result<unknown>>;
  /** With `-confirm` behind it, of the second button. */
  readonly testId: string;
}

type Phase = 'first' | 'asking' | 'kept';

/** Something that cannot be taken back: it asks once more, in place. Escape keeps all as it is. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, title, confirmLabel, keepLabel, failedLabel, disabled, work, testId } = props;
  const [phase, setPhase] = useState<Phase>('first');
  const { isBusy, error, run } = useCommand();
  // The row that it stands in is not meant.
  const act = (then: () => void) => (event: MouseEvent) => {
    event.stopPropagation();
    then();
  };
  const confirm = async (button: HTMLElement) => {
    if (isBusy) return;
    await run(work);
    // Who has gone elsewhere meanwhile is not called back.
    setPhase(document.activeElement === button ? 'kept' : 'first');
  };
  if (phase !== 'asking') {
    return (
      <Button
        variant={error === null ? 'quiet' : 'danger'}
        disabled={disabled || isBusy}
        title={error ?? title}
        autoFocus={phase === 'kept'}
        testId={testId}
        onClick={act(() => setPhase('asking'))}
      >
        {error === null ? label : failedLabel}
      </Button>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A key that is held down has not been asked.
    if (event.repeat) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    setPhase('kept');
  };
  return (
    <span className={cx('asking')}>
      <span className={cx('buttons')}>
        <Button
          variant="danger"
          disabled={disabled}
          // A button that is disabled loses the focus.
          aria-disabled={isBusy}
          title={title}
          autoFocus
          testId={`${testId}-confirm`}
          onKeyDown={onKeyDown}
          onClick={(event) => act(() => void confirm(event.currentTarget))(event)}
        >
          {confirmLabel}
        </Button>
        <Button variant="quiet" onKeyDown={onKeyDown} onClick={act(() => setPhase('kept'))}>
          {keepLabel}
        </Button>
      </span>
    </span>
  );
}
