import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import type { DraftErrors } from '../bots/bot-draft.ts';
import styles from './backtest.module.css';
import type { BacktestDraft } from './backtest-draft.ts';
import { instrumentsOf, intervalsOf, type Playable, stretchOf } from './playable.ts';
import { hasStretch, isFile, type SourceDraft, wholeStretch } from './source-draft.ts';

const cx = bindClassNames(styles);

export interface SourceFieldsProps {
  readonly draft: BacktestDraft;
  readonly playable: Playable;
  readonly errors: DraftErrors;
  readonly onChange: (draft: BacktestDraft) => void;
}

/** What is played, of which instrument, from when to when. */
export function SourceFields({ draft, playable, errors, onChange }: SourceFieldsProps) {
  const { t } = useTranslation('backtest');
  const { source } = draft;
  const changeSource = (changes: Partial<SourceDraft>) =>
    onChange({ ...draft, source: { ...source, ...changes } });
  const time = (name: 'from' | 'to') => ({
    label: t(`form.${name}`),
    hint: t('form.timeHint'),
    type: 'datetime-local',
    step: 1,
    testId: `backtest-${name}`,
    value: source[name],
    error: errors[name] ?? null,
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => changeSource({ [name]: target.value }),
  });
  return (
    <>
      <KindField {...{ draft, playable, onChange }} />
      {isFile(source.kind) && (
        <div className={cx('long')}>
          <Field
            label={t('form.file')}
            hint={t('form.fileHint')}
            placeholder={t('form.filePlaceholder')}
            testId="backtest-file"
            value={source.file}
            error={errors['file'] ?? null}
            onChange={({ target }) => changeSource({ file: target.value })}
          />
        </div>
      )}
      <InstrumentField {...{ draft, playable, errors, onChange }} />
      {source.kind === 'candles' && <IntervalField {...{ draft, playable, onChange }} />}
      {hasStretch(source.kind) && (
        <>
          <div className={cx('long')}>
            <Field {...time('from')} />
          </div>
          <div className={cx('long')}>
            <Field {...time('to')} />
          </div>
        </>
      )}
    </>
  );
}

/** With all that there is of what is chosen now. */
function withWhole(draft: BacktestDraft, playable: Playable): BacktestDraft {
  return { ...draft, source: { ...draft.source, ...wholeStretch(stretchOf(playable, draft)) } };
}

type PartProps = Omit<SourceFieldsProps, 'errors'>;

function KindField({ draft, playable, onChange }: PartProps) {
  const { t } = useTranslation('backtest');
  const change = (kind: SourceDraft['kind']) => {
    const { bot, source } = draft;
    const next = { ...draft, source: { ...source, kind } };
    if (kind === 'sameAs' || isFile(kind)) {
      onChange({ ...next, source: { ...next.source, from: '', to: '' } });
      return;
    }
    const has = instrumentsOf(playable, kind === 'candles' ? 'candles' : 'tape');
    const instrumentId = has.includes(bot.instrumentId) ? bot.instrumentId : has[0];
    onChange(withInstrument(next, instrumentId ?? bot.instrumentId, playable));
  };
  return (
    <SelectField
      label={t('form.source')}
      testId="backtest-source"
      value={draft.source.kind}
      onChange={(kind) => change(kind as SourceDraft['kind'])}
    >
      <option value="tape">{t('sources.tape')}</option>
      <option value="candles" disabled={playable.candles.length === 0}>
        {t('sources.candles')}
      </option>
      <option value="candleFile">{t('sources.candleFile')}</option>
      <option value="recording">{t('sources.recording')}</option>
      {draft.source.likeId !== '' && <option value="sameAs">{t('sources.sameAs')}</option>}
    </SelectField>
  );
}

function withInstrument(
  draft: BacktestDraft,
  instrumentId: InstrumentId,
  playable: Playable,
): BacktestDraft {
  const intervals = intervalsOf(playable, instrumentId);
  const { interval } = draft.source;
  const source = {
    ...draft.source,
    interval: intervals.includes(interval) ? interval : (intervals[0] ?? interval),
  };
  return withWhole({ ...draft, bot: { ...draft.bot, instrumentId }, source }, playable);
}

function InstrumentField({ draft, playable, errors, onChange }: SourceFieldsProps) {
  const { t } = useTranslation('backtest');
  const { bot, source } = draft;
  if (source.kind === 'tape' || source.kind === 'candles') {
    const has = instrumentsOf(playable, source.kind);
    const choices = has.includes(bot.instrumentId) ? has : [bot.instrumentId, ...has];
    return (
      <SelectField
        label={t('form.instrument')}
        testId="backtest-instrument"
        value={bot.instrumentId}
        onChange={(id) => onChange(withInstrument(draft, id as InstrumentId, playable))}
      >
        {choices.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <Field
      label={t('form.instrument')}
      placeholder={t('form.instrumentPlaceholder')}
      testId="backtest-instrument"
      disabled={source.kind === 'sameAs'}
      value={bot.instrumentId}
      error={errors['instrumentId'] ?? null}
      onChange={({ target }) =>
        onChange({ ...draft, bot: { ...bot, instrumentId: target.value as InstrumentId } })
      }
    />
  );
}

function IntervalField({ draft, playable, onChange }: PartProps) {
  const { t } = useTranslation('backtest');
  return (
    <SelectField
      label={t('form.interval')}
      testId="backtest-interval"
      value={draft.source.interval}
      onChange={(interval) =>
        onChange(
          withWhole(
            { ...draft, source: { ...draft.source, interval: interval as CandleInterval } },
            playable,
          ),
        )
      }
    >
      {intervalsOf(playable, draft.bot.instrumentId).map((interval) => (
        <option key={interval}>{interval}</option>
      ))}
    </SelectField>
  );
}
