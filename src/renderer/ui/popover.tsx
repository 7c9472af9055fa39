import { type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './popover.module.css';

const cx = bindClassNames(styles);

export interface PopoverProps {
  /** Of the button, and of what it opens. */
  readonly label: string;
  readonly testId?: string;
  /** What is in the button. */
  readonly button: ReactNode;
  /** Drawn while it is open; `close` closes it, and the keyboard is back on the button. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens something beside itself; Escape or a click elsewhere closes it. */
export function Popover({ label, testId, button, children }: PopoverProps) {
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const popoverRef = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className={cx('button')}
        popoverTarget={id}
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        data-testid={testId}
      >
        {button}
      </button>
      <div
        ref={popoverRef}
        id={id}
        popover="auto"
        className={cx('popover')}
        onBeforeToggle={({ newState }) => {
          if (newState === 'open') place(popoverRef, buttonRef);
        }}
        onToggle={({ newState }) => setIsOpen(newState === 'open')}
      >
        {isOpen && children(() => popoverRef.current?.hidePopover())}
      </div>
    </>
  );
}

const MARGIN_PX = 4;

/** Below or above the button, from its left or right edge: to where there is more room. */
function place(
  popover: RefObject<HTMLElement | null>,
  button: RefObject<HTMLElement | null>,
): void {
  const box = button.current?.getBoundingClientRect();
  if (popover.current === null || box === undefined) return;
  const { style } = popover.current;
  const isBelow = box.bottom < window.innerHeight - box.top;
  const isRightwards = box.left < window.innerWidth - box.right;
  style.top = isBelow ? `${box.bottom + MARGIN_PX}px` : 'auto';
  style.bottom = isBelow ? 'auto' : `${window.innerHeight - box.top + MARGIN_PX}px`;
  style.left = isRightwards ? `${Math.max(MARGIN_PX, box.left)}px` : 'auto';
  style.right = isRightwards ? 'auto' : `${Math.max(MARGIN_PX, window.innerWidth - box.right)}px`;
  const room = isBelow ? window.innerHeight - box.bottom : box.top;
  style.maxHeight = `${room - 2 * MARGIN_PX}px`;
}
