import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAIN_GROUP, type WatchlistGroup } from '#domain/watchlist.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './group-row.module.css';

const cx = bindClassNames(styles);

const LONGEST_NAME = 60;

export interface GroupRowProps {
  readonly group: WatchlistGroup;
  readonly count: number;
  readonly isRenaming: boolean;
  readonly onToggle: () => void;
  readonly onRename: () => void;
  /** Null: it stays as it was. */
  readonly onRenamed: (name: string | null) => void;
  readonly onRemove: () => void;
}

/** The heading of a group. */
export function GroupRow(props: GroupRowProps) {
  const { group, count, isRenaming, onToggle, onRename, onRenamed, onRemove } = props;
  const { t } = useTranslation('watchlist');
  const name = group.name === '' ? t('mainGroup') : group.name;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tree has the keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keyboard
    <div className={cx('row')} onClick={isRenaming ? undefined : onToggle}>
      <span className={cx('twisty')} aria-hidden="true">
        {group.isCollapsed ? '▸' : '▾'}
      </span>
      {isRenaming ? (
        <NameInput name={group.name} onDone={onRenamed} />
      ) : (
        <span className={cx('name')}>{name}</span>
      )}
      {!isRenaming && (
        <span className={cx('actions')}>
          <Button
            variant="quiet"
            tabIndex={-1}
            aria-label={t('renameGroup', { name })}
            title={t('renameGroup', { name })}
            onClick={(event) => {
              event.stopPropagation();
              onRename();
            }}
          >
            ✎
          </Button>
          {group.id !== MAIN_GROUP && (
            <Button
              variant="quiet"
              tabIndex={-1}
              aria-label={t('removeGroup', { name })}
              title={t('removeGroup', { name })}
              onClick={(event) => {
                event.stopPropagation();
                onRemove();
              }}
            >
              ×
            </Button>
          )}
        </span>
      )}
      <span className={cx('count')}>{count}</span>
    </div>
  );
}

function NameInput({
  name,
  onDone,
}: {
  readonly name: string;
  readonly onDone: (name: string | null) => void;
}) {
  const { t } = useTranslation('watchlist');
  const [text, setText] = useState(name);
  const wanted = text.trim();
  // A field that goes away loses the focus, which must not count as another end.
  const isDone = useRef(false);
  const end = (result: string | null) => {
    if (!isDone.current) onDone(result);
    isDone.current = true;
  };
  const finish = () => end(wanted === '' || wanted === name ? null : wanted);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish();
    else if (event.key === 'Escape') end(null);
  };
  return (
    <input
      className={cx('input')}
      aria-label={t('groupName')}
      data-testid="group-name"
      maxLength={LONGEST_NAME}
      value={text}
      ref={focusAll}
      onChange={({ target }) => setText(target.value)}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      onBlur={finish}
    />
  );
}

const focusAll = (input: HTMLInputElement | null) => {
  if (input === null || document.activeElement === input) return;
  input.focus();
  input.select();
};
