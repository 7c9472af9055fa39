import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './table.module.css';

const cx = bindClassNames(styles);

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly title?: string;
  readonly align?: 'start' | 'end';
  /** Left out where the table is narrower than its container's step. */
  readonly only?: 'medium' | 'wide';
}

export interface TableProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly testId?: string;
  /** `Row`s. */
  readonly children: ReactNode;
}

/** A dense table with a heading that stays. */
export function Table({ label, columns, testId, children }: TableProps) {
  return (
    <div className={cx('frame')}>
      <table className={cx('table')} aria-label={label} data-testid={testId}>
        <thead>
          <tr>
            {columns.map(({ key, label: text, title, align = 'start', only }) => (
              <th key={key} scope="col" title={title} className={cx(align, only)}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export interface RowProps {
  readonly isSelected?: boolean;
  /** A fill that was just gone to: marked until something else is. */
  readonly isRevealed?: boolean;
  readonly onSelect?: () => void;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** The row's own control is in its first cell; clicking anywhere in it is only a convenience. */
export function Row({ isSelected, isRevealed, onSelect, testId, children }: RowProps) {
  return (
    <tr
      className={cx(
        onSelect !== undefined && 'clickable',
        isSelected && 'selected',
        isRevealed && 'revealed',
      )}
      aria-current={isSelected || isRevealed ? 'true' : undefined}
      data-testid={testId}
      onClick={onSelect}
      ref={isRevealed ? scrollIntoView : undefined}
    >
      {children}
    </tr>
  );
}

const scrollIntoView = (element: HTMLElement | null) =>
  element?.scrollIntoView({ block: 'center' });

export interface CellProps {
  readonly align?: 'start' | 'end';
  readonly only?: 'medium' | 'wide' | undefined;
  readonly tone?: 'up' | 'down' | 'dim' | 'strong';
  readonly title?: string;
  readonly testId?: string;
  readonly children?: ReactNode;
}

export function Cell({ align = 'start', only, tone, title, testId, children }: CellProps) {
  return (
    <td className={cx(align, only, tone)} title={title} data-testid={testId}>
      {children}
    </td>
  );
}
