import { useState } from 'react';
import { useActions, useConnection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './bot-actions.module.css';
import { useCommand } from './use-command.ts';

const cx = bindClassNames(styles);

export interface BotActionsProps {
  readonly bot: BotRecord;
  readonly onEdit: () => void;
}

/** Start or stop, edit, delete; deleting asks once more, in place. */
export function BotActions({ bot, onEdit }: BotActionsProps) {
  const { bots } = useActions();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const [isConfirming, setIsConfirming] = useState(false);
  const { isBusy, error, run } = useCommand();
  const { id, name } = bot.config;
  const isStopped = bot.status.state === 'stopped' || bot.status.state === 'error';
  const disabled = isBusy || !isConnected;

  if (isConfirming) {
    return (
      <span className={cx('actions')}>
        <span className={cx('question')} title="Its orders and fills go with it">
          Delete it?
        </span>
        <Button
          variant="danger"
          disabled={disabled}
          testId={`bot-delete-confirm-${id}`}
          onClick={() => void run(() => bots.remove(id)).then(() => setIsConfirming(false))}
        >
          Delete
        </Button>
        <Button variant="quiet" onClick={() => setIsConfirming(false)}>
          Keep
        </Button>
      </span>
    );
  }
  return (
    <span className={cx('actions')}>
      {error !== null && (
        <span className={cx('error')} role="alert" title={error}>
          {error}
        </span>
      )}
      <Button
        variant="plain"
        disabled={disabled}
        aria-label={`${isStopped ? 'Start' : 'Stop'} ${name}`}
        testId={`bot-${isStopped ? 'start' : 'stop'}-${id}`}
        onClick={() => void run(() => bots.run(isStopped ? 'bots.start' : 'bots.stop', id))}
      >
        {isStopped ? 'Start' : 'Stop'}
      </Button>
      <Button
        variant="quiet"
        aria-label={`Edit ${name}`}
        testId={`bot-edit-${id}`}
        disabled={disabled}
        onClick={onEdit}
      >
        Edit
      </Button>
      <Button
        variant="quiet"
        aria-label={`Delete ${name}`}
        title={isStopped ? undefined : 'Stop it first'}
        testId={`bot-delete-${id}`}
        disabled={disabled || !isStopped}
        onClick={() => setIsConfirming(true)}
      >
        Delete
      </Button>
    </span>
  );
}
