import { useTranslation } from 'react-i18next';
import {
  type AlertConditionKind,
  CROSSING_DIRECTIONS,
  type CrossingDirection,
  HUB_MEASURES,
  type HubMeasure,
  WATCHED_BOT_STATES,
} from '#domain/alert-rule.ts';
import { SEVERITIES, type Severity } from '#domain/notification.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import styles from './alerts.module.css';
import { RULE_FIELDS, type RuleDraft, type RuleErrors, type RuleField } from './rule-draft.ts';
import { RuleSubjectField } from './rule-subject-field.tsx';

const cx = bindClassNames(styles);
const KINDS = Object.keys(RULE_FIELDS) as AlertConditionKind[];

export interface RuleFormFieldsProps {
  readonly draft: RuleDraft;
  readonly errors: RuleErrors;
  /** Of a rule that there is: another kind is another rule. */
  readonly isKindFixed: boolean;
  readonly onChange: (draft: RuleDraft) => void;
}

export function RuleFormFields({ draft, errors, isKindFixed, onChange }: RuleFormFieldsProps) {
  const { t } = useTranslation('alerts');
  const { hasThreshold, hasWindow, hasDirection } = RULE_FIELDS[draft.kind];
  const set = (changes: Partial<RuleDraft>) => onChange({ ...draft, ...changes });
  const problem = (field: RuleField): string | null => {
    const found = errors[field];
    return found === undefined ? null : t(`problem.${found}`);
  };
  return (
    <div className={cx('fields')}>
      <Field
        label={t('field.name')}
        autoFocus
        value={draft.name}
        maxLength={80}
        testId="rule-name"
        error={problem('name')}
        onChange={({ target }) => set({ name: target.value })}
      />
      <SelectField
        label={t('field.kind')}
        value={draft.kind}
        disabled={isKindFixed}
        testId="rule-kind"
        onChange={(kind) => set({ kind: kind as AlertConditionKind })}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <RuleSubjectField draft={draft} error={problem('instrumentId')} onChange={set} />
      {hasDirection && (
        <SelectField
          label={t('field.direction')}
          value={draft.direction}
          testId="rule-direction"
          onChange={(direction) => set({ direction: direction as CrossingDirection })}
        >
          {CROSSING_DIRECTIONS.map((direction) => (
            <option key={direction} value={direction}>
              {t(`direction.${direction}`)}
            </option>
          ))}
        </SelectField>
      )}
      {draft.kind === 'positionPnl' && (
        <SelectField
          label={t('field.side')}
          value={draft.side}
          onChange={(side) => set({ side: side as RuleDraft['side'] })}
        >
          <option value="above">{t('side.above')}</option>
          <option value="below">{t('side.below')}</option>
        </SelectField>
      )}
      {draft.kind === 'hubHealth' && (
        <SelectField
          label={t('field.measure')}
          value={draft.measure}
          onChange={(measure) => set({ measure: measure as HubMeasure })}
        >
          {HUB_MEASURES.map((measure) => (
            <option key={measure} value={measure}>
              {t(`measure.${measure}`)}
            </option>
          ))}
        </SelectField>
      )}
      {draft.kind === 'botState' && (
        <StateChoice draft={draft} error={problem('states')} onChange={set} />
      )}
      {hasThreshold && (
        <Field
          label={t(`threshold.${draft.kind}`)}
          value={draft.threshold}
          inputMode="decimal"
          testId="rule-threshold"
          error={problem('threshold')}
          onChange={({ target }) => set({ threshold: target.value })}
        />
      )}
      {hasWindow && (
        <Field
          label={t('field.window')}
          unit={t('unit.seconds')}
          value={draft.windowSeconds}
          inputMode="decimal"
          error={problem('window')}
          onChange={({ target }) => set({ windowSeconds: target.value })}
        />
      )}
      <SelectField
        label={t('field.severity')}
        value={draft.severity}
        testId="rule-severity"
        onChange={(severity) => set({ severity: severity as Severity })}
      >
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(`severity.${severity}`)}
          </option>
        ))}
      </SelectField>
      <Field
        label={t('field.for')}
        hint={t('hint.for')}
        unit={t('unit.seconds')}
        value={draft.forSeconds}
        inputMode="decimal"
        error={problem('for')}
        onChange={({ target }) => set({ forSeconds: target.value })}
      />
      <Field
        label={t('field.cooldown')}
        hint={t('hint.cooldown')}
        unit={t('unit.seconds')}
        value={draft.cooldownSeconds}
        inputMode="decimal"
        testId="rule-cooldown"
        error={problem('cooldown')}
        onChange={({ target }) => set({ cooldownSeconds: target.value })}
      />
      <label className={cx('check')}>
        <input
          type="checkbox"
          checked={draft.sound}
          onChange={({ target }) => set({ sound: target.checked })}
        />
        {t('field.sound')}
      </label>
    </div>
  );
}

interface StateChoiceProps {
  readonly draft: RuleDraft;
  readonly error: string | null;
  readonly onChange: (changes: Partial<RuleDraft>) => void;
}

function StateChoice({ draft, error, onChange }: StateChoiceProps) {
  const { t } = useTranslation('alerts');
  const { states } = draft;
  return (
    <fieldset className={cx('choice')}>
      <legend className={cx('legend')}>{t('field.states')}</legend>
      {WATCHED_BOT_STATES.map((state) => (
        <label key={state} className={cx('check')}>
          <input
            type="checkbox"
            checked={states.includes(state)}
            onChange={({ target }) =>
              onChange({
                states: target.checked ? [...states, state] : states.filter((one) => one !== state),
              })
            }
          />
          {t(`state.${state}`)}
        </label>
      ))}
      {error !== null && (
        <span className={cx('error')} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}
