import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './tape.module.css';
import { LIQUIDATION_VIEWS, type TapePreferences } from './tape-preferences.ts';

const cx = bindClassNames(styles);

export interface LiquidationSettingsProps {
  readonly preferences: TapePreferences;
  readonly onChange: (change: Partial<TapePreferences>) => void;
}

/** Only where the exchange tells of any. */
export function LiquidationSettings({
  preferences: { liquidations, hearsLiquidations, isSoundOn },
  onChange,
}: LiquidationSettingsProps) {
  const { t } = useTranslation('tape');
  return (
    <fieldset>
      <legend>{t('liquidations')}</legend>
      <label className={cx('line')}>
        <span>{t('show')}</span>
        <select
          className={cx('input')}
          data-testid="tape-liquidations"
          value={liquidations}
          onChange={({ target }) =>
            onChange({ liquidations: target.value as TapePreferences['liquidations'] })
          }
        >
          {LIQUIDATION_VIEWS.map((one) => (
            <option key={one} value={one}>
              {t(`liquidationViews.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={cx('line')}>
        <span>{t('hearLiquidations')}</span>
        <input
          type="checkbox"
          checked={hearsLiquidations}
          disabled={!isSoundOn}
          onChange={({ target }) => onChange({ hearsLiquidations: target.checked })}
        />
      </label>
      <p className={cx('remark')}>{t('liquidationsRemark')}</p>
    </fieldset>
  );
}
