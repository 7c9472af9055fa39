import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import { useInstrument, useInstruments } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { type BotDraft, type DraftErrors, defaultParams } from './bot-draft.ts';
import styles from './bot-form.module.css';
import { BotSettingsFields } from './bot-settings-fields.tsx';
import { CashAndFees } from './cash-and-fees.tsx';
import { ParameterField } from './parameter-field.tsx';
import { parameterUnit } from './parameter-unit.ts';
import { takesParameters } from './use-bot-submission.ts';

const cx = bindClassNames(styles);

export interface BotFormFieldsProps {
  readonly draft: BotDraft;
  readonly strategy: StrategyDescription;
  readonly strategies: readonly StrategyDescription[];
  /** The bot that is edited; undefined for a new one. */
  readonly bot: BotRecord | undefined;
  readonly errors: DraftErrors;
  readonly onChange: (draft: BotDraft) => void;
}

export function BotFormFields(props: BotFormFieldsProps) {
  const { draft, strategy, bot, errors, onChange } = props;
  const { t } = useTranslation('bots');
  const instrument = useInstrument(draft.instrumentId);
  const isFixed = !takesParameters(bot);
  return (
    <div className={cx('fields')}>
      <Field
        label={t('form.name')}
        placeholder={strategy.name}
        autoFocus
        testId="bot-field-name"
        value={draft.name}
        error={errors['name'] ?? null}
        onChange={({ target }) => onChange({ ...draft, name: target.value })}
      />
      <InstrumentAndStrategy {...props} />
      {strategy.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          unit={parameterUnit(parameter.unit, instrument ?? namesOf(draft.instrumentId))}
          disabled={isFixed && parameter.whileRunning === null}
          isRunning={isFixed}
          value={draft.params[parameter.name] ?? ''}
          error={errors[parameter.name] ?? null}
          onChange={(value) =>
            onChange({ ...draft, params: { ...draft.params, [parameter.name]: value } })
          }
        />
      ))}
      <CashAndFees currency={instrument?.quote ?? ''} {...{ draft, errors, onChange }} />
      <BotSettingsFields
        settings={draft.settings}
        errors={errors}
        currency={instrument?.quote ?? ''}
        isFixed={isFixed}
        onChange={(settings) => onChange({ ...draft, settings })}
      />
      <p className={cx('about')}>
        {strategy.description} {isFixed && t('form.fixed')}
      </p>
    </div>
  );
}

/** What a bot is made of, and keeps. */
function InstrumentAndStrategy({ draft, strategies, bot, onChange }: BotFormFieldsProps) {
  const { t } = useTranslation('bots');
  const watchlist = useInstruments((state) => state.watchlist);
  const ids = watchlist?.map((instrument) => instrument.id) ?? [];
  const choices = ids.includes(draft.instrumentId) ? ids : [draft.instrumentId, ...ids];
  const changeStrategy = (id: string) => {
    const next = strategies.find((one) => one.id === id);
    if (next !== undefined) onChange({ ...draft, strategy: id, params: defaultParams(next) });
  };
  return (
    <>
      <SelectField
        label={t('form.instrument')}
        testId="bot-field-instrumentId"
        disabled={bot !== undefined}
        value={draft.instrumentId}
        onChange={(id) => onChange({ ...draft, instrumentId: id as InstrumentId })}
      >
        {choices.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('form.strategy')}
        testId="bot-field-strategy"
        disabled={bot !== undefined}
        value={draft.strategy}
        onChange={changeStrategy}
      >
        {strategies.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </SelectField>
    </>
  );
}
