import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../app/app-context.ts';
import { useUnreachable } from '../../app/use-unreachable.ts';
import { canBePutAway, isOwn, isStopped } from '../../stores/bot-standing.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { type Command, useCommand } from '../../ui/use-command.ts';
import styles from './bot-actions.module.css';

const cx = bindClassNames(styles);

export interface BotActionsProps {
  readonly bot: BotRecord;
  readonly onEdit: () => void;
}

/** Start, pause or stop, edit; the rest in a menu. Deleting asks once more, in place. */
export function BotActions({ bot, onEdit }: BotActionsProps) {
  const { t } = useTranslation('bots');
  const [isConfirming, setIsConfirming] = useState(false);
  const command = useCommand();
  if (isConfirming) {
    return <Deletion {...{ bot, command }} onDone={() => setIsConfirming(false)} />;
  }
  const isExternal = !isOwn(bot);
  return (
    <span className={cx('actions')}>
      {command.error !== null && (
        <span className={cx('error')} role="alert" title={command.error}>
          {command.error}
        </span>
      )}
      {isExternal && !canBeStoppedFromHere(bot) && (
        <span className={cx('question')} title={t('actions.elsewhereExplained')}>
          {t('actions.elsewhere')}
        </span>
      )}
      <RunButtons {...{ bot, command, isExternal }} />
      {!isExternal && <EditButton {...{ bot, command, onEdit }} />}
      <MoreMenu {...{ bot, command, isExternal }} onDelete={() => setIsConfirming(true)} />
    </span>
  );
}

interface PartProps {
  readonly bot: BotRecord;
  readonly command: Command;
}

/** Whether a button must wait, and why where that is not seen beside it. */
function useWaiting({ isBusy }: Command) {
  const unreachable = useUnreachable();
  return { disabled: isBusy || unreachable !== null, title: unreachable ?? undefined };
}

/** It runs elsewhere, and has said that it takes the command to stop. */
const canBeStoppedFromHere = (bot: BotRecord): boolean =>
  bot.status.capabilities?.includes('stop') === true && !isStopped(bot);

function RunButtons({ bot, command, isExternal }: PartProps & { readonly isExternal: boolean }) {
  const { t } = useTranslation('bots');
  const { bots } = useActions();
  const waiting = useWaiting(command);
  const { id, name } = bot.config;
  const isPaused = bot.status.state === 'paused' && bot.status.pausedBy === 'user';
  if (isExternal && !canBeStoppedFromHere(bot)) return null;
  const button = (act: 'start' | 'pause' | 'stop', label: string) => (
    <Button
      variant={act === 'pause' ? 'quiet' : 'plain'}
      {...waiting}
      aria-label={t('actions.of', { act: label, name })}
      testId={`bot-${act}-${id}`}
      onClick={() => void command.run(() => bots.run(`bots.${act}`, id))}
    >
      {label}
    </Button>
  );
  if (isExternal) return button('stop', t('actions.stop'));
  if (isStopped(bot)) return button('start', t('actions.start'));
  return (
    <>
      {isPaused ? button('start', t('actions.resume')) : button('pause', t('actions.pause'))}
      {button('stop', t('actions.stop'))}
    </>
  );
}

function EditButton({ bot, command, onEdit }: PartProps & { readonly onEdit: () => void }) {
  const { t } = useTranslation('bots');
  const { id, name } = bot.config;
  return (
    <Button
      variant="quiet"
      aria-label={t('actions.of', { act: t('actions.edit'), name })}
      testId={`bot-edit-${id}`}
      {...useWaiting(command)}
      onClick={onEdit}
    >
      {t('actions.edit')}
    </Button>
  );
}

interface MoreMenuProps extends PartProps {
  readonly isExternal: boolean;
  readonly onDelete: () => void;
}

function MoreMenu({ bot, command, isExternal, onDelete }: MoreMenuProps) {
  const { t } = useTranslation('bots');
  const { bots, backtestBot } = useActions();
  const { disabled } = useWaiting(command);
  const { id } = bot.config;
  const stopped = isStopped(bot);
  const isKept = !canBePutAway(bot);
  return (
    <Popover label={t('actions.more')} testId={`bot-more-${id}`} button="⋯">
      {(close) => {
        const act = (work: () => ReturnType<typeof bots.run>) => () => {
          close();
          void command.run(work);
        };
        return (
          <Menu label={t('actions.more')}>
            {!isExternal && (
              <>
                <MenuItem
                  disabled={disabled || stopped}
                  testId={`bot-flatten-${id}`}
                  onSelect={act(() => bots.flatten(id))}
                >
                  {t('actions.flatten')}
                </MenuItem>
                <MenuItem
                  disabled={disabled}
                  testId={`bot-clone-${id}`}
                  onSelect={act(() => bots.clone(id))}
                >
                  {t('actions.clone')}
                </MenuItem>
                <MenuItem
                  disabled={disabled}
                  testId={`bot-backtest-${id}`}
                  onSelect={() => {
                    close();
                    backtestBot(bot.config);
                  }}
                >
                  {t('actions.backtest')}
                </MenuItem>
              </>
            )}
            <MenuItem
              disabled={disabled || isKept}
              testId={`bot-archive-${id}`}
              onSelect={act(() => bots.archive(id))}
            >
              {t('actions.archive')}
            </MenuItem>
            <MenuLine />
            <MenuItem
              disabled={disabled || isKept}
              testId={`bot-delete-${id}`}
              onSelect={() => {
                close();
                onDelete();
              }}
            >
              {t('actions.delete')}
            </MenuItem>
          </Menu>
        );
      }}
    </Popover>
  );
}

function Deletion({ bot, command, onDone }: PartProps & { readonly onDone: () => void }) {
  const { t } = useTranslation('bots');
  const { bots } = useActions();
  const { id } = bot.config;
  return (
    <span className={cx('actions')}>
      <span className={cx('question')} title={t('actions.deleteExplained')}>
        {t('actions.deleteQuestion')}
      </span>
      <Button
        variant="danger"
        {...useWaiting(command)}
        testId={`bot-delete-confirm-${id}`}
        onClick={() => void command.run(() => bots.remove(id)).then(onDone)}
      >
        {t('actions.delete')}
      </Button>
      <Button variant="quiet" onClick={onDone}>
        {t('actions.keep')}
      </Button>
    </span>
  );
}
