import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AlertPolicy, DEFAULT_ALERT_POLICY } from '#domain/alert.ts';
import { useActions } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { changedEntries } from '../../ui/followed-draft.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './alerts.module.css';
import { checkPolicyDraft, draftOfPolicy, policyOfDraft } from './policy-draft.ts';
import { PolicyFields } from './policy-fields.tsx';

const cx = bindClassNames(styles);

const requestOf = ({ groupBy, inhibitions, ...rest }: AlertPolicy) => ({
  ...rest,
  groupBy: [...groupBy],
  inhibitions: inhibitions.map(({ equal, ...other }) => ({ ...other, equal: [...equal] })),
});

export interface PolicyFormProps {
  /** As it is on the hub. */
  readonly policy: AlertPolicy;
  readonly onDone: () => void;
}

/** Changes how the user is told of alerts. */
export function PolicyForm({ policy, onDone }: PolicyFormProps) {
  const { t } = useTranslation('alerts');
  const [draft, setDraft] = useState(() => draftOfPolicy(policy));
  const { alerts } = useActions();
  const { isBusy, error, run } = useCommand();
  const errors = checkPolicyDraft(draft);
  const isSound = Object.keys(errors).length === 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isSound) return;
    const wanted = changedEntries(
      requestOf(policyOfDraft(draftOfPolicy(policy))),
      requestOf(policyOfDraft(draft)),
    );
    if (await run(() => alerts.setPolicy(wanted))) onDone();
  };
  return (
    <form
      className={cx('form')}
      noValidate
      onSubmit={(event) => void submit(event)}
      data-testid="policy-form"
    >
      <header className={cx('head')}>
        <strong>{t('policy.title')}</strong>
        <span className={cx('error')} role="alert">
          {error}
        </span>
        <Button
          variant="quiet"
          testId="policy-reset"
          onClick={() => setDraft(draftOfPolicy(DEFAULT_ALERT_POLICY))}
        >
          {t('policy.reset')}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          {t('form.cancel')}
        </Button>
        <Button variant="accent" type="submit" disabled={isBusy || !isSound} testId="policy-save">
          {t('form.save')}
        </Button>
      </header>
      <PolicyFields draft={draft} errors={errors} onChange={setDraft} />
    </form>
  );
}
