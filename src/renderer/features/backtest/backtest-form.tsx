import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { useActions, useInstruments, useSelection } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { DraftErrors } from '../bots/bot-draft.ts';
import { StrategyProblems } from '../bots/strategy-problems.tsx';
import { type StrategyProblem, useStrategies } from '../bots/use-strategies.ts';
import { useTapeInfo } from '../tape-files/use-tape-info.ts';
import styles from './backtest.module.css';
import {
  type BacktestDraft,
  checkBacktest,
  checkedBacktest,
  newBacktestDraft,
} from './backtest-draft.ts';
import { BacktestFormFields } from './backtest-form-fields.tsx';
import { instrumentsOf, type Playable, stretchOf } from './playable.ts';
import { wholeStretch } from './source-draft.ts';

const cx = bindClassNames(styles);

export interface BacktestFormProps {
  /** What it begins with; null for the defaults. */
  readonly draft: BacktestDraft | null;
  readonly onStarted: (backtestId: string) => void;
  readonly onClose: () => void;
}

/** Waits for what the form is made of, then shows it. */
export function BacktestForm({ draft, onStarted, onClose }: BacktestFormProps) {
  const { t } = useTranslation('backtest');
  const { strategies, problems, error } = useStrategies();
  const { info, error: tapeError } = useTapeInfo();
  const watchlist = useInstruments((state) => state.watchlist);
  const { selectedInstrumentId } = useSelection();
  const trouble = error ?? (info === null ? tapeError : null);
  if (trouble !== null) return <EmptyState text={trouble} />;
  if (strategies === null || info === null) return <EmptyState text={t('waiting')} />;
  const known = instrumentsOf(info, 'tape');
  const wanted = known.find((id) => id === selectedInstrumentId) ?? known[0] ?? watchlist?.[0]?.id;
  const [strategy] = strategies;
  if (strategy === undefined || wanted === undefined) {
    return <EmptyState text={t('form.nothingToPlay')} />;
  }
  const initial = draft ?? newBacktestDraft(wanted, strategy);
  return (
    <LoadedForm
      // A draft that is asked for anew takes the place of what was typed.
      key={draft === null ? 'new' : JSON.stringify(draft)}
      playable={info}
      {...{ strategies, problems, initial, onStarted, onClose }}
    />
  );
}

interface LoadedFormProps extends Omit<BacktestFormProps, 'draft'> {
  readonly strategies: readonly StrategyDescription[];
  readonly problems: readonly StrategyProblem[];
  readonly playable: Playable;
  readonly initial: BacktestDraft;
}

const NO_ERRORS: DraftErrors = {};

/** A stretch that nobody named is all that there is. */
const withStretch = (draft: BacktestDraft, playable: Playable): BacktestDraft =>
  draft.source.from === '' && draft.source.to === ''
    ? { ...draft, source: { ...draft.source, ...wholeStretch(stretchOf(playable, draft)) } }
    : draft;

function LoadedForm(props: LoadedFormProps) {
  const { strategies, problems, playable, initial, onStarted, onClose } = props;
  const { t } = useTranslation('backtest');
  const { backtests } = useActions();
  const [draft, setDraft] = useState(() => withStretch(initial, playable));
  /** Errors show once the user has tried, and from then on as he types. */
  const [hasTried, setHasTried] = useState(false);
  const { isBusy, error, run } = useCommand();
  const strategy = strategies.find((one) => one.id === draft.bot.strategy);
  if (strategy === undefined) {
    return <EmptyState text={t('form.noStrategy', { strategy: draft.bot.strategy })} />;
  }
  const errors = checkBacktest(draft, strategy);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (Object.keys(errors).length > 0) return;
    void run(async () => {
      const started = await backtests.start(checkedBacktest(draft, strategy));
      if (started.ok) onStarted(started.value.id);
      return started;
    });
  };
  return (
    <form className={cx('form')} noValidate onSubmit={onSubmit} data-testid="backtest-form">
      <header className={cx('head')}>
        <strong className={cx('name')}>{t('new')}</strong>
        <span className={cx('error', 'grow')} role="alert" title={error ?? undefined}>
          {error}
        </span>
        <Button variant="quiet" onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button variant="accent" type="submit" disabled={isBusy} testId="backtest-start">
          {t(draft.sweep.isSweep ? 'form.startSweep' : 'form.start')}
        </Button>
      </header>
      <StrategyProblems problems={problems} />
      <BacktestFormFields
        errors={hasTried ? errors : NO_ERRORS}
        onChange={setDraft}
        {...{ draft, strategy, strategies, playable }}
      />
    </form>
  );
}
