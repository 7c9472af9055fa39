import type { CSSProperties, ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './table.module.css';

const cx = bindClassNames(styles);

/** How wide a table is, from the narrowest of them on. */
type Step = 'medium' | 'roomy' | 'wide' | 'widest';

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly title?: string;
  readonly align?: 'start' | 'end';
  /** Left out where the table is narrower than its container's step. */
  readonly only?: Step;
}

export interface TableProps extends TableHeadProps {
  readonly label: string;
  readonly testId?: string;
  /** `Row`s. */
  readonly children: ReactNode;
}

/** A dense table with a heading that stays. */
export function Table({ label, columns, sorting, onSort, testId, children }: TableProps) {
  return (
    <div className={cx('frame')}>
      <table
        className={cx('table')}
        style={widthOf(columns)}
        aria-label={label}
        data-testid={testId}
      >
        <TableHead {...{ columns, sorting, onSort }} />
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A table is as wide as so many columns may be. */
export const widthOf = (columns: readonly Column[]): CSSProperties =>
  ({ '--columns': columns.length }) as CSSProperties;

/** By which column rows are ordered. */
export interface Sorting {
  readonly key: string;
  readonly isDescending: boolean;
}

export interface TableHeadProps {
  readonly columns: readonly Column[];
  /** Given: every heading that has a text sorts by its column. */
  readonly onSort?: ((key: string) => void) | undefined;
  readonly sorting?: Sorting | undefined;
}

export const TableHead = ({ columns, sorting, onSort }: TableHeadProps) => (
  <thead>
    <tr>
      {columns.map(({ key, label: text, title, align = 'start', only }) => (
        <th
          key={key}
          scope="col"
          title={title}
          className={cx(align, only)}
          aria-sort={sorting?.key === key ? ariaSortOf(sorting) : undefined}
        >
          {onSort === undefined || text === '' ? (
            text
          ) : (
            <button
              type="button"
              className={cx('sort')}
              data-testid={`sort-${key}`}
              onClick={() => onSort(key)}
            >
              {text}
              {sorting?.key === key && (
                <span aria-hidden="true">{sorting.isDescending ? ' ▾' : ' ▴'}</span>
              )}
            </button>
          )}
        </th>
      ))}
    </tr>
  </thead>
);

const ariaSortOf = ({ isDescending }: Sorting) => (isDescending ? 'descending' : 'ascending');

export interface RowProps {
  readonly isSelected?: boolean;
  /** A fill that was just gone to: marked until something else is. */
  readonly isRevealed?: boolean;
  readonly onSelect?: () => void;
  /** Its place, from 0, in a table of which only a part is drawn. */
  readonly index?: number;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** The row's own control is in its first cell; clicking anywhere in it is only a convenience. */
export function Row({ isSelected, isRevealed, onSelect, index, testId, children }: RowProps) {
  return (
    <tr
      className={cx(
        onSelect !== undefined && 'clickable',
        isSelected && 'selected',
        isRevealed && 'revealed',
      )}
      aria-current={isSelected || isRevealed ? 'true' : undefined}
      // The heading is the first row.
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-testid={testId}
      onClick={onSelect}
      ref={isRevealed ? scrollIntoView : undefined}
    >
      {children}
    </tr>
  );
}

const scrollIntoView = (element: HTMLElement | null) =>
  element?.scrollIntoView({ block: 'nearest' });

export interface CellProps {
  readonly align?: 'start' | 'end';
  readonly only?: Step | undefined;
  readonly tone?: 'up' | 'down' | 'dim' | 'strong';
  readonly title?: string;
  readonly testId?: string;
  /** Given by people, and as long as they like: the figures beside it stay in sight. */
  readonly isName?: boolean;
  /** Sentences, in as many lines as they need. Not where rows are all of one height. */
  readonly isText?: boolean;
  readonly children?: ReactNode;
}

export function Cell(props: CellProps) {
  const { align = 'start', only, tone, title, testId, isName, isText, children } = props;
  return (
    <td className={cx(align, only, tone, isText && 'text')} title={title} data-testid={testId}>
      {isName ? <span className={cx('name')}>{children}</span> : children}
    </td>
  );
}
