import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, useAlerts, useMarket, useSelection } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { changedEntries, useFollowedDraft } from '../../ui/followed-draft.ts';
import { useCommand } from '../../ui/use-command.ts';
import { useLastKnown } from '../../ui/use-last-known.ts';
import styles from './alerts.module.css';
import {
  checkRuleDraft,
  draftOfRule,
  newRuleDraft,
  type RuleErrors,
  type RuleFormMode,
  ruleOfDraft,
} from './rule-draft.ts';
import { RuleFormFields } from './rule-form-fields.tsx';

const cx = bindClassNames(styles);
const NO_ERRORS: RuleErrors = {};

export interface RuleFormProps {
  readonly mode: RuleFormMode;
  readonly onDone: () => void;
}

/** A new rule about the selected instrument, or a change of one that there is. */
export function RuleForm({ mode, onDone }: RuleFormProps) {
  const { t } = useTranslation('alerts');
  const { t: ofAll } = useTranslation('common');
  const { selectedInstrumentId } = useSelection();
  const price = useMarket((state) =>
    selectedInstrumentId === null ? undefined : state.tickers[selectedInstrumentId]?.price,
  );
  const known = useAlerts((state) =>
    mode === 'new' ? undefined : state.rules?.find(({ id }) => id === mode.ruleId),
  );
  const rule = useLastKnown(known);
  const { draft, setDraft, isContested } = useFollowedDraft(
    rule === undefined ? null : draftOfRule(rule),
    () => newRuleDraft(selectedInstrumentId, price?.toString() ?? ''),
  );
  /** Errors show once the user has tried, and from then on as he types. */
  const [hasTried, setHasTried] = useState(false);
  const { alerts } = useActions();
  const { isBusy, error, run } = useCommand();
  const errors = checkRuleDraft(draft);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (Object.keys(errors).length > 0) return;
    const wanted = ruleOfDraft(draft);
    const isDone = await run(() =>
      rule === undefined
        ? alerts.createRule(wanted)
        : alerts.updateRule(rule.id, changedEntries(ruleOfDraft(draftOfRule(rule)), wanted)),
    );
    if (isDone) onDone();
  };
  return (
    <form
      className={cx('form')}
      noValidate
      onSubmit={(event) => void submit(event)}
      data-testid="rule-form"
    >
      <header className={cx('head')}>
        <strong>{rule === undefined ? t('form.new') : t('form.edit', { rule: rule.name })}</strong>
        <span className={cx('error')} role="alert">
          {error ?? (isContested && ofAll('contested'))}
        </span>
        <Button variant="quiet" onClick={onDone}>
          {t('form.cancel')}
        </Button>
        <Button variant="accent" type="submit" disabled={isBusy} testId="rule-submit">
          {t(rule === undefined ? 'form.create' : 'form.save')}
        </Button>
      </header>
      <RuleFormFields
        draft={draft}
        errors={hasTried ? errors : NO_ERRORS}
        isKindFixed={rule !== undefined}
        onChange={setDraft}
      />
    </form>
  );
}
