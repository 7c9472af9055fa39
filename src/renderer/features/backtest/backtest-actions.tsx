import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport } from '#contract/backtest-report.ts';
import type { BacktestView } from '#contract/backtest-requests.ts';
import type { SweepReport } from '#contract/backtest-sweep.ts';
import { useActions, useConnection } from '../../app/app-context.ts';
import { isUnfinished } from '../../stores/backtest-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { saveFile, saveTextFile } from '../../ui/save-file.ts';
import { type Command, useCommand } from '../../ui/use-command.ts';
import styles from './backtest.module.css';
import { fileNameOf } from './file-name.ts';

const cx = bindClassNames(styles);

export interface BacktestActionsProps {
  readonly backtest: BacktestView;
  readonly report: BacktestReport | null;
  readonly sweep: SweepReport | null;
  readonly onAgain: () => void;
}

/** Cancel while it runs; afterwards once more, as a bot, as files, or away with it (asked twice). */
export function BacktestActions({ backtest, report, sweep, onAgain }: BacktestActionsProps) {
  const { t } = useTranslation('backtest');
  const { backtests } = useActions();
  const [isRemoving, setIsRemoving] = useState(false);
  const isConnected = useConnection(({ connection }) => connection.kind === 'connected');
  const command = useCommand();
  const disabled = command.isBusy || !isConnected;
  if (isRemoving) {
    return <Removal {...{ backtest, command, disabled }} onDone={() => setIsRemoving(false)} />;
  }
  return (
    <>
      {command.error !== null && (
        <span className={cx('error')} role="alert" title={command.error}>
          {command.error}
        </span>
      )}
      {isUnfinished(backtest) ? (
        <Button
          disabled={disabled}
          testId="backtest-cancel"
          onClick={() => void command.run(() => backtests.cancel(backtest.id))}
        >
          {t('actions.cancel')}
        </Button>
      ) : (
        <>
          {report !== null && <MakeBot {...{ report, command, disabled }} />}
          <Button variant="quiet" disabled={disabled} testId="backtest-again" onClick={onAgain}>
            {t('actions.again')}
          </Button>
          <MoreMenu
            onRemove={() => setIsRemoving(true)}
            {...{ backtest, report, sweep, command, disabled }}
          />
        </>
      )}
    </>
  );
}

interface PartProps {
  readonly command: Command;
  readonly disabled: boolean;
}

/** It stands still at first: what comes of it now is decided by whoever starts it. */
function MakeBot({ report, command, disabled }: PartProps & { readonly report: BacktestReport }) {
  const { t } = useTranslation('backtest');
  const { bots, reveal } = useActions();
  const make = () =>
    command.run(async () => {
      const made = await bots.create({ ...report.bot, start: false });
      if (made.ok) reveal({ botId: made.value.config.id });
      return made;
    });
  return (
    <Button
      disabled={disabled}
      title={t('actions.makeBotHint')}
      testId="backtest-make-bot"
      onClick={() => void make()}
    >
      {t('actions.makeBot')}
    </Button>
  );
}

interface MoreMenuProps extends PartProps, Omit<BacktestActionsProps, 'onAgain'> {
  readonly onRemove: () => void;
}

function MoreMenu(props: MoreMenuProps) {
  const { backtest, report, sweep, command, disabled, onRemove } = props;
  const { t } = useTranslation('backtest');
  const { backtests } = useActions();
  const outcome = report ?? sweep;
  const savePage = () =>
    command.run(async () => {
      const reply = await backtests.page(backtest.id);
      if (reply.ok) saveFile(fileNameOf(backtest, 'html'), htmlOf(reply.value.html));
      return reply;
    });
  return (
    <Popover label={t('actions.more')} testId="backtest-more" button="⋯">
      {(close) => (
        <Menu label={t('actions.more')}>
          <MenuItem
            disabled={outcome === null}
            testId="backtest-save-json"
            onSelect={() => {
              close();
              saveTextFile(fileNameOf(backtest, 'json'), JSON.stringify(outcome, null, 2));
            }}
          >
            {t('actions.saveJson')}
          </MenuItem>
          {report !== null && (
            <MenuItem
              disabled={disabled}
              testId="backtest-save-page"
              onSelect={() => {
                close();
                void savePage();
              }}
            >
              {t('actions.savePage')}
            </MenuItem>
          )}
          <MenuLine />
          <MenuItem
            disabled={disabled}
            testId="backtest-remove"
            onSelect={() => {
              close();
              onRemove();
            }}
          >
            {t('actions.remove')}
          </MenuItem>
        </Menu>
      )}
    </Popover>
  );
}

const htmlOf = (html: string): Blob => new Blob([html], { type: 'text/html' });

interface RemovalProps extends PartProps {
  readonly backtest: BacktestView;
  readonly onDone: () => void;
}

function Removal({ backtest, command, disabled, onDone }: RemovalProps) {
  const { t } = useTranslation('backtest');
  const { backtests } = useActions();
  return (
    <>
      <span>{t('actions.removeQuestion')}</span>
      <Button
        variant="danger"
        disabled={disabled}
        autoFocus
        testId="backtest-remove-confirm"
        onClick={() => void command.run(() => backtests.remove(backtest.id)).then(onDone)}
      >
        {t('actions.remove')}
      </Button>
      <Button variant="quiet" onClick={onDone}>
        {t('actions.keep')}
      </Button>
    </>
  );
}
