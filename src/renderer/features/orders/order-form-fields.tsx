import { useTranslation } from 'react-i18next';
import { type Instrument, symbolOf } from '#domain/instrument.ts';
import { ORDER_TYPES } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import type { FigureProblem, OrderProblems } from './order-draft.ts';
import {
  canBePostOnly,
  type Figure,
  type FormType,
  figuresOf,
  type OrderForm,
  PAIR_TYPES,
} from './order-figures.ts';
import styles from './order-form.module.css';
import { exitOf, isPair } from './order-pair-draft.ts';

const cx = bindClassNames(styles);

export interface OrderFormFieldsProps {
  readonly bots: readonly BotRecord[];
  readonly draft: OrderForm;
  readonly instrument: Instrument | undefined;
  readonly problems: OrderProblems;
  readonly onChange: (draft: OrderForm) => void;
}

export function OrderFormFields(props: OrderFormFieldsProps) {
  const { bots, draft, instrument, problems, onChange } = props;
  const { t } = useTranslation('orders');
  const { t: common } = useTranslation('common');
  const set = (changes: Partial<OrderForm>) => onChange({ ...draft, ...changes });
  const sentence = (problem: FigureProblem | undefined): string | null =>
    problem === undefined ? null : t(`form.problem.${problem.kind}`, { step: problem.step });
  const { type } = draft;
  const hasOneSide = type !== 'breakout' && type !== 'range';
  const label = (figure: Figure): string =>
    figure === 'abovePrice' || figure === 'belowPrice'
      ? t(`form.${type === 'breakout' ? 'breakout' : 'range'}.${figure}`)
      : t(`form.${figure}`);
  const position = bots.find(({ config }) => config.id === draft.botId)?.position;
  return (
    <div className={cx('fields')}>
      <div className={cx('bot')}>
        <SelectField
          label={t('bot')}
          value={draft.botId}
          testId="order-bot"
          onChange={(botId) => set({ botId })}
        >
          {bots.map(({ config: { id, name, instrumentId } }) => (
            <option key={id} value={id}>
              {name} · {symbolOf(instrumentId)}
            </option>
          ))}
        </SelectField>
      </div>
      <TypeField
        type={draft.type}
        onChange={(type) => set({ type, ...(type === 'oco' && position && exitOf(position)) })}
      />
      {hasOneSide && (
        <SelectField
          label={t('side')}
          value={draft.side}
          testId="order-side"
          onChange={(side) => set({ side: side as Side })}
        >
          <option value="buy">{common('sides.buy')}</option>
          <option value="sell">{common('sides.sell')}</option>
        </SelectField>
      )}
      {figuresOf(draft.type).map((figure, index) => (
        <Field
          key={figure}
          label={label(figure)}
          unit={(figure === 'quantity' ? instrument?.base : instrument?.quote) ?? ''}
          value={draft[figure]}
          inputMode="decimal"
          autoFocus={index === 0}
          testId={`order-${figure}`}
          error={sentence(problems[figure])}
          onChange={({ target }) => set({ [figure]: target.value })}
        />
      ))}
      <div className={cx('checks')}>
        {canBePostOnly(draft.type) && (
          <label className={cx('check')} title={t('form.postOnlyExplained')}>
            <input
              type="checkbox"
              checked={draft.postOnly}
              onChange={({ target }) => set({ postOnly: target.checked })}
            />
            {t('form.postOnly')}
          </label>
        )}
        {hasOneSide && (
          <label className={cx('check')} title={t('form.reduceOnlyExplained')}>
            <input
              type="checkbox"
              checked={draft.reduceOnly}
              onChange={({ target }) => set({ reduceOnly: target.checked })}
            />
            {t('form.reduceOnly')}
          </label>
        )}
      </div>
      {isPair(draft) && (
        <p className={cx('explained')} data-testid="order-pair-explained">
          {t(`form.explained.${draft.type}`)}
        </p>
      )}
    </div>
  );
}

interface TypeFieldProps {
  readonly type: FormType;
  readonly onChange: (type: FormType) => void;
}

function TypeField({ type, onChange }: TypeFieldProps) {
  const { t } = useTranslation('orders');
  return (
    <SelectField
      label={t('type')}
      value={type}
      testId="order-type"
      onChange={(chosen) => onChange(chosen as FormType)}
    >
      {ORDER_TYPES.map((one) => (
        <option key={one} value={one}>
          {t(`types.${one}`)}
        </option>
      ))}
      <optgroup label={t('form.pairs')}>
        {PAIR_TYPES.map((pair) => (
          <option key={pair} value={pair}>
            {t(`form.pairTypes.${pair}`)}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}
