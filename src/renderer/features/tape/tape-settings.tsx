import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '#domain/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { LiquidationSettings } from './liquidation-settings.tsx';
import styles from './tape.module.css';
import {
  AGGREGATIONS,
  DEFAULT_TAPE_PREFERENCES,
  heardFrom,
  isLeastSize,
  isLevelSize,
  MOST_LEVELS,
  MOST_SIZE,
  SIZE_UNITS,
  type TapeLevel,
  type TapePreferences,
} from './tape-preferences.ts';

const cx = bindClassNames(styles);

const FIRST_COLOR = '#8f9dfb';

export interface TapeSettingsProps {
  readonly preferences: TapePreferences;
  readonly instrument: Instrument | undefined;
  readonly onChange: (change: Partial<TapePreferences>) => void;
  readonly onClose: () => void;
}

/** What of the tape is shown, what stands out, and what is heard. Each change counts at once. */
export function TapeSettings({ preferences, instrument, onChange, onClose }: TapeSettingsProps) {
  const { t } = useTranslation('tape');
  const { unit, hideBelow, levels, aggregation, windowMs } = preferences;
  const unitText = {
    median: t('units.median'),
    base: instrument?.base ?? t('units.base'),
    quote: instrument?.quote ?? t('units.quote'),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <div
      className={cx('settings')}
      role="dialog"
      aria-label={t('settings')}
      data-testid="tape-settings"
      onKeyDown={onKeyDown}
    >
      <fieldset>
        <legend>{t('sizes')}</legend>
        <label className={cx('line')}>
          <span>{t('measuredIn')}</span>
          <select
            className={cx('input')}
            data-testid="tape-unit"
            value={unit}
            ref={focusOnce}
            onChange={({ target }) => onChange({ unit: target.value as TapePreferences['unit'] })}
          >
            {SIZE_UNITS.map((one) => (
              <option key={one} value={one}>
                {unitText[one]}
              </option>
            ))}
          </select>
        </label>
        <NumberLine
          label={t('hideBelow')}
          value={hideBelow}
          isValid={isLeastSize}
          testId="tape-hide-below"
          onChange={(value) => onChange({ hideBelow: value })}
        />
        <Levels levels={levels} onChange={(next) => onChange({ levels: next })} />
      </fieldset>
      <fieldset>
        <legend>{t('aggregation')}</legend>
        <label className={cx('line')}>
          <span>{t('join')}</span>
          <select
            className={cx('input')}
            data-testid="tape-aggregation"
            value={aggregation}
            onChange={({ target }) =>
              onChange({ aggregation: target.value as TapePreferences['aggregation'] })
            }
          >
            {AGGREGATIONS.map((one) => (
              <option key={one} value={one}>
                {t(`aggregations.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <NumberLine
          label={t('window')}
          value={windowMs}
          isValid={(value) => Number.isInteger(value) && value >= 1 && value <= 10_000}
          onChange={(value) => onChange({ windowMs: value })}
        />
      </fieldset>
      {instrument?.tellsLiquidations === true && (
        <LiquidationSettings preferences={preferences} onChange={onChange} />
      )}
      <SoundSettings preferences={preferences} onChange={onChange} />
      <div className={cx('foot')}>
        <Button testId="tape-reset" onClick={() => onChange(DEFAULT_TAPE_PREFERENCES)}>
          {t('reset')}
        </Button>
        <Button variant="accent" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}

/** The sizes from which a row stands out, each with its colour. */
function Levels({
  levels,
  onChange,
}: {
  readonly levels: readonly TapeLevel[];
  readonly onChange: (levels: TapeLevel[]) => void;
}) {
  const { t } = useTranslation('tape');
  const inOrder = (next: readonly TapeLevel[]) => next.toSorted((a, b) => a.from - b.from);
  const edit = (index: number, change: Partial<TapeLevel>) =>
    onChange(inOrder(levels.map((level, at) => (at === index ? { ...level, ...change } : level))));
  const largest = levels.at(-1)?.from ?? 1;
  return (
    <>
      {levels.map((level, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place keeps its fields, whatever is set in them
        <div key={index} className={cx('line', 'level')}>
          <NumberLine
            label={t('level', { number: index + 1 })}
            value={level.from}
            isValid={isLevelSize}
            testId={`tape-level-${index + 1}`}
            onChange={(from) => edit(index, { from })}
          />
          <input
            type="color"
            className={cx('color', level.color === null && 'unset')}
            aria-label={t('colorOf', { number: index + 1 })}
            value={level.color ?? FIRST_COLOR}
            onChange={({ target }) => edit(index, { color: target.value })}
          />
          <Button
            variant="quiet"
            disabled={level.color === null}
            aria-label={t('sideColor', { number: index + 1 })}
            title={t('sideColor', { number: index + 1 })}
            onClick={() => edit(index, { color: null })}
          >
            ↺
          </Button>
          <Button
            variant="quiet"
            aria-label={t('removeLevel', { number: index + 1 })}
            title={t('removeLevel', { number: index + 1 })}
            onClick={() => onChange(levels.filter((_, at) => at !== index))}
          >
            ×
          </Button>
        </div>
      ))}
      {levels.length < MOST_LEVELS && (
        <Button
          testId="tape-add-level"
          onClick={() =>
            onChange([...levels, { from: Math.min(MOST_SIZE, largest * 5), color: null }])
          }
        >
          {t('addLevel')}
        </Button>
      )}
    </>
  );
}

function SoundSettings({
  preferences: { isSoundOn, soundFrom, volume, levels },
  onChange,
}: Pick<TapeSettingsProps, 'preferences' | 'onChange'>) {
  const { t } = useTranslation('tape');
  return (
    <fieldset>
      <legend>{t('sound')}</legend>
      <label className={cx('line')}>
        <span>{t('soundOn')}</span>
        <input
          type="checkbox"
          data-testid="tape-sound"
          checked={isSoundOn}
          onChange={({ target }) => onChange({ isSoundOn: target.checked })}
        />
      </label>
      <label className={cx('line')}>
        <span>{t('soundFrom')}</span>
        <select
          className={cx('input')}
          value={heardFrom({ soundFrom, levels })}
          disabled={!isSoundOn}
          onChange={({ target }) => onChange({ soundFrom: Number(target.value) })}
        >
          <option value={0}>{t('everyRow')}</option>
          {levels.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two levels may begin at one size
            <option key={index} value={index + 1}>
              {t('level', { number: index + 1 })}
            </option>
          ))}
        </select>
      </label>
      <label className={cx('line')}>
        <span>{t('volume')}</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          disabled={!isSoundOn}
          onChange={({ target }) => onChange({ volume: Number(target.value) })}
        />
      </label>
    </fieldset>
  );
}

interface NumberLineProps {
  readonly label: string;
  readonly value: number;
  readonly isValid: (value: number) => boolean;
  readonly testId?: string;
  readonly onChange: (value: number) => void;
}

/** A number that counts when it is left or confirmed, and only if it makes sense. */
function NumberLine({ label, value, isValid, testId, onChange }: NumberLineProps) {
  const [text, setText] = useState<string | null>(null);
  const wanted = Number((text ?? '').trim().replace(',', '.'));
  const isWrong =
    text !== null && (text.trim() === '' || !Number.isFinite(wanted) || !isValid(wanted));
  const finish = () => {
    if (text !== null && !isWrong && wanted !== value) onChange(wanted);
    setText(null);
  };
  return (
    <label className={cx('line')}>
      <span>{label}</span>
      <input
        className={cx('input', 'number', isWrong && 'invalid')}
        inputMode="decimal"
        aria-invalid={isWrong}
        data-testid={testId}
        value={text ?? String(value)}
        onChange={({ target }) => setText(target.value)}
        onBlur={finish}
        onKeyDown={({ key }) => key === 'Enter' && finish()}
      />
    </label>
  );
}

const focusOnce = (element: HTMLElement | null) => element?.focus();
