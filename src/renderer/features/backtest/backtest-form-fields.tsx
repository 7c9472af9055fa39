import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { namesOf } from '#domain/instrument.ts';
import { useInstrument } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { type DraftErrors, defaultParams } from '../bots/bot-draft.ts';
import { BotSettingsFields } from '../bots/bot-settings-fields.tsx';
import { CashAndFees } from '../bots/cash-and-fees.tsx';
import styles from './backtest.module.css';
import type { BacktestDraft } from './backtest-draft.ts';
import { ParameterFields } from './parameter-fields.tsx';
import type { Playable } from './playable.ts';
import { SourceFields } from './source-fields.tsx';
import { gridOf, singleParams } from './sweep-draft.ts';
import { SweepFields } from './sweep-fields.tsx';

const cx = bindClassNames(styles);

export interface BacktestFormFieldsProps {
  readonly draft: BacktestDraft;
  readonly strategy: StrategyDescription;
  readonly strategies: readonly StrategyDescription[];
  readonly playable: Playable;
  readonly errors: DraftErrors;
  readonly onChange: (draft: BacktestDraft) => void;
}

/** What is played, the bot, its money, and what is tried of it. */
export function BacktestFormFields(props: BacktestFormFieldsProps) {
  const { draft, strategy, playable, errors, onChange } = props;
  const { t } = useTranslation('backtest');
  const { bot, sweep } = draft;
  const instrument = useInstrument(bot.instrumentId);
  const currency = instrument?.quote ?? namesOf(bot.instrumentId).quote;
  const changeBot = (changed: BacktestDraft['bot']) => onChange({ ...draft, bot: changed });
  return (
    <div className={cx('fields')}>
      <StrategyFields {...props} />
      <SourceFields {...{ draft, playable, errors, onChange }} />
      <fieldset className={cx('group')}>
        <legend className={cx('legend')}>
          <SweepSwitch {...{ draft, strategy, onChange }} />
        </legend>
        <ParameterFields
          isSweep={sweep.isSweep}
          onChange={changeBot}
          {...{ bot, strategy, errors }}
        />
        {sweep.isSweep && (
          <SweepFields
            grid={gridOf(bot.params, strategy)}
            onChange={(changed) => onChange({ ...draft, sweep: changed })}
            {...{ sweep, errors }}
          />
        )}
      </fieldset>
      <CashAndFees draft={bot} onChange={changeBot} {...{ errors, currency }} />
      <BotSettingsFields
        settings={bot.settings}
        isFixed={false}
        onChange={(settings) => changeBot({ ...bot, settings })}
        {...{ errors, currency }}
      />
      <p className={cx('about')}>
        {strategy.description}
        {sweep.isSweep && ` ${t('form.aboutSweep')}`}
      </p>
    </div>
  );
}

function StrategyFields({
  draft,
  strategy,
  strategies,
  errors,
  onChange,
}: BacktestFormFieldsProps) {
  const { t } = useTranslation('bots');
  const { bot } = draft;
  const changeStrategy = (id: string) => {
    const next = strategies.find((one) => one.id === id);
    if (next === undefined) return;
    onChange({ ...draft, bot: { ...bot, strategy: id, params: defaultParams(next) } });
  };
  return (
    <>
      <Field
        label={t('form.name')}
        placeholder={strategy.name}
        autoFocus
        testId="backtest-name"
        value={bot.name}
        error={errors['name'] ?? null}
        onChange={({ target }) => onChange({ ...draft, bot: { ...bot, name: target.value } })}
      />
      <SelectField
        label={t('form.strategy')}
        testId="backtest-strategy"
        value={bot.strategy}
        onChange={changeStrategy}
      >
        {strategies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

type SweepSwitchProps = Pick<BacktestFormFieldsProps, 'draft' | 'strategy' | 'onChange'>;

/** One run, or many: back at one, of several values the first stays. */
function SweepSwitch({ draft, strategy, onChange }: SweepSwitchProps) {
  const { t } = useTranslation('backtest');
  const { bot, sweep } = draft;
  const change = (isSweep: boolean) => {
    const params = isSweep ? bot.params : singleParams(bot.params, strategy);
    onChange({ ...draft, bot: { ...bot, params }, sweep: { ...sweep, isSweep } });
  };
  return (
    <label>
      <input
        type="checkbox"
        data-testid="backtest-is-sweep"
        checked={sweep.isSweep}
        onChange={({ target }) => change(target.checked)}
      />{' '}
      {t('form.sweep')}
    </label>
  );
}
