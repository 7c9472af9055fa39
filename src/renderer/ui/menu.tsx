import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './menu.module.css';

const cx = bindClassNames(styles);

export interface MenuProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Things to do, one below the other, in a popover. The keyboard goes in as it opens. */
export function Menu({ label, children }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const open = (element: HTMLDivElement | null) => {
    if (element !== null && ref.current === null) itemsIn(element)[0]?.focus();
    ref.current = element;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = itemsIn(event.currentTarget);
    const index = items.findIndex((item) => item.matches(':focus'));
    const next = nextIndex(event.key, index, items.length);
    if (next === null) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <div ref={open} role="menu" aria-label={label} className={cx('menu')} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

const itemsIn = (menu: HTMLElement): readonly HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)'),
];

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  /** The keys that do the same, shown beside it. */
  readonly keys?: string | undefined;
  /** Given: one of several of which one is chosen. */
  readonly isChecked?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
}

export function MenuItem(props: MenuItemProps) {
  const { children, onSelect, keys, isChecked, disabled = false, testId } = props;
  const choice =
    isChecked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': isChecked };
  return (
    <button
      type="button"
      role="menuitem"
      {...choice}
      tabIndex={-1}
      disabled={disabled}
      className={cx('item')}
      data-testid={testId}
      onClick={onSelect}
    >
      {isChecked !== undefined && <span className={cx('check')}>{isChecked ? '●' : ''}</span>}
      <span className={cx('label')}>{children}</span>
      {keys !== undefined && <kbd className={cx('keys')}>{keys}</kbd>}
    </button>
  );
}

export const MenuLine = () => <hr className={cx('line')} />;

export const MenuHeading = ({ children }: { readonly children: ReactNode }) => (
  <div className={cx('heading')} role="presentation">
    {children}
  </div>
);
