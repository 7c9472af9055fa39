import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { useBot, useInstruments, useSelection } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFollowedDraft } from '../../ui/followed-draft.ts';
import { useLastKnown } from '../../ui/use-last-known.ts';
import { type BotDraft, checkDraft, type DraftErrors, draftOf, newDraft } from './bot-draft.ts';
import styles from './bot-form.module.css';
import { BotFormFields } from './bot-form-fields.tsx';
import { StrategyProblems } from './strategy-problems.tsx';
import { useBotSubmission } from './use-bot-submission.ts';
import { type StrategyProblem, useStrategies } from './use-strategies.ts';

const cx = bindClassNames(styles);

/** What the form is for. */
export type BotFormMode =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit'; readonly botId: string };

export interface BotFormProps {
  readonly mode: BotFormMode;
  /** With the bot that was made or changed; null where the user let it be. */
  readonly onDone: (botId: string | null) => void;
}

/** Waits for what the form is made of, then shows it. */
export function BotForm({ mode, onDone }: BotFormProps) {
  const { t } = useTranslation('bots');
  const { strategies, problems, error } = useStrategies();
  const bot = useLastKnown(useBot(mode.kind === 'edit' ? mode.botId : null));
  const watchlist = useInstruments((state) => state.watchlist);
  const { selectedInstrumentId } = useSelection();
  if (error !== null) return <EmptyState text={error} />;
  if (strategies === null) return <EmptyState text={t('waiting')} />;

  const strategy = strategies.find((one) => one.id === bot?.config.strategy) ?? strategies[0];
  const instrumentId = selectedInstrumentId ?? watchlist?.[0]?.id;
  if (strategy === undefined || instrumentId === undefined) {
    return <EmptyState text={t('form.noInstrument')} />;
  }
  const fresh = () => newDraft(instrumentId, strategy);
  return <LoadedForm {...{ bot, strategies, problems, fresh, onDone }} />;
}

interface LoadedFormProps {
  readonly bot: BotRecord | undefined;
  readonly strategies: readonly StrategyDescription[];
  readonly problems: readonly StrategyProblem[];
  /** Of a bot that is new. */
  readonly fresh: () => BotDraft;
  readonly onDone: (botId: string | null) => void;
}

const NO_ERRORS: DraftErrors = {};

function LoadedForm({ bot, strategies, problems, fresh, onDone }: LoadedFormProps) {
  const { t } = useTranslation('bots');
  const { t: ofAll } = useTranslation('common');
  const { draft, setDraft, isContested } = useFollowedDraft(
    bot === undefined ? null : draftOf(bot),
    fresh,
  );
  /** Errors show once the user has tried, and from then on as he types. */
  const [hasTried, setHasTried] = useState(false);
  const { isBusy, error, submit } = useBotSubmission(bot, onDone);
  const strategy = strategies.find((one) => one.id === draft.strategy);
  if (strategy === undefined) {
    return (
      <>
        <StrategyProblems problems={problems} />
        <EmptyState text={t('form.noStrategy', { strategy: draft.strategy })} />
      </>
    );
  }
  const errors = checkDraft(draft, strategy);
  const said = error ?? (isContested ? ofAll('contested') : undefined);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (Object.keys(errors).length === 0) void submit(draft, strategy);
  };
  return (
    <form className={cx('form')} noValidate onSubmit={onSubmit} data-testid="bot-form">
      <header className={cx('head')}>
        <strong>{bot === undefined ? t('new') : t('form.edit', { name: bot.config.name })}</strong>
        <span className={cx('error')} role="alert" title={said}>
          {said}
        </span>
        <Button testId="bot-form-cancel" variant="quiet" onClick={() => onDone(null)}>
          {t('form.cancel')}
        </Button>
        <Button variant="accent" type="submit" disabled={isBusy} testId="bot-form-submit">
          {bot === undefined ? t('form.create') : t('form.save')}
        </Button>
      </header>
      <StrategyProblems problems={problems} />
      <BotFormFields
        draft={draft}
        strategy={strategy}
        strategies={strategies}
        bot={bot}
        errors={hasTried ? errors : NO_ERRORS}
        onChange={setDraft}
      />
    </form>
  );
}
