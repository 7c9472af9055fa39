import { useState } from 'react';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { useActions, useConnection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './bot-actions.module.css';

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
  const { id, name, strategy } = bot.config;
  const isExternal = strategy === EXTERNAL_STRATEGY;
  const isStopped = bot.status.state === 'stopped' || bot.status.state === 'error';
  // Of one that runs elsewhere the hub knows only that it has gone quiet.
  const canBeDeleted = isStopped || (isExternal && bot.status.state === 'silent');
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
      {isExternal ? (
        <span className={cx('question')} title="Only where it runs can it be started and stopped">
          runs elsewhere
        </span>
      ) : (
        <>
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
        </>
      )}
      <Button
        variant="quiet"
        aria-label={`Delete ${name}`}
        title={canBeDeleted ? undefined : 'Stop it first'}
        testId={`bot-delete-${id}`}
        disabled={disabled || !canBeDeleted}
        onClick={() => setIsConfirming(true)}
      >
        Delete
      </Button>
    </span>
  );
}
