import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { formatClock, formatDate, formatFullDateTime } from '../../ui/format.ts';
import { type DeckDraft, deckErrors, type Recorded, withToggled } from './deck-draft.ts';
import styles from './replay-view.module.css';
import { tradesText } from './trades-text.ts';

const cx = bindClassNames(styles);

export interface DeckSourceFieldsProps {
  readonly draft: DeckDraft;
  readonly recorded: readonly Recorded[];
  readonly onChange: (draft: DeckDraft) => void;
}

/** A stretch of the tape, or a recording from its start to its end. */
export function DeckSourceFields({ draft, recorded, onChange }: DeckSourceFieldsProps) {
  const { t } = useTranslation('replay');
  return (
    <>
      <SelectField
        label={t('form.source')}
        value={draft.kind}
        testId="deck-source"
        onChange={(kind) => onChange({ ...draft, kind: kind as DeckDraft['kind'] })}
      >
        <option value="tape">{t('form.sources.tape')}</option>
        <option value="file">{t('form.sources.file')}</option>
      </SelectField>
      {draft.kind === 'file' ? (
        <RecordingField draft={draft} onChange={onChange} />
      ) : (
        <TapeFields draft={draft} recorded={recorded} onChange={onChange} />
      )}
    </>
  );
}

function RecordingField({ draft, onChange }: Omit<DeckSourceFieldsProps, 'recorded'>) {
  const { t } = useTranslation('replay');
  return (
    <Field
      label={t('form.file')}
      hint={t('form.fileHint')}
      placeholder={t('form.filePlaceholder')}
      value={draft.file}
      testId="deck-file"
      // Nobody has typed anything wrong where nothing is typed.
      error={draft.file === '' ? null : deckErrors(draft).file}
      onChange={({ target }) => onChange({ ...draft, file: target.value })}
    />
  );
}

function TapeFields({ draft, recorded, onChange }: DeckSourceFieldsProps) {
  const { t } = useTranslation('replay');
  const { from, to } = draft;
  if (recorded.length === 0) return <p className={cx('empty')}>{t('form.empty')}</p>;
  return (
    <>
      <InstrumentChoice {...{ draft, recorded, onChange }} />
      <Field
        label={t('form.from')}
        type="datetime-local"
        step={1}
        value={from}
        testId="deck-from"
        error={deckErrors(draft).from}
        onChange={({ target }) => onChange({ ...draft, from: target.value })}
      />
      <Field
        label={t('form.to')}
        type="datetime-local"
        step={1}
        value={to}
        testId="deck-to"
        onChange={({ target }) => onChange({ ...draft, to: target.value })}
      />
    </>
  );
}

function InstrumentChoice({ draft, recorded, onChange }: DeckSourceFieldsProps) {
  const { t } = useTranslation('replay');
  const rangeOf = ({ firstTime, lastTime }: Recorded) => {
    const isOneDay = formatDate(firstTime) === formatDate(lastTime);
    const to = isOneDay ? formatClock(lastTime) : formatFullDateTime(lastTime);
    return t('form.range', { from: formatFullDateTime(firstTime), to });
  };
  return (
    <fieldset className={cx('choice')}>
      <legend className={cx('legend')}>{t('form.recorded')}</legend>
      {recorded.map((one) => (
        <label key={one.instrumentId} className={cx('option')}>
          <input
            type="checkbox"
            checked={draft.instruments.includes(one.instrumentId)}
            data-testid={`deck-instrument-${one.instrumentId}`}
            onChange={() => onChange(withToggled(draft, one.instrumentId, recorded))}
          />
          <span>{one.instrumentId}</span>
          <span className={cx('dim')} title={rangeOf(one)}>
            {tradesText(one.trades)}, {rangeOf(one)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
