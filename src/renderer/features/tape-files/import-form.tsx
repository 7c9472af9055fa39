import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IMPORT_FORMATS, type ImportFormat } from '#contract/tape-requests.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import { useHubClient, usePanelAnswers } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);

const AUTO = 'auto';

/** Begins an import of a file that lies on the hub's machine. */
export function ImportForm() {
  const { t } = useTranslation('tape-files');
  const client = useHubClient();
  const [file, setFile] = useState('');
  const [format, setFormat] = useState<ImportFormat | typeof AUTO>(AUTO);
  const [instrument, setInstrument] = useState('');
  const { isBusy, error, run } = useCommand();
  const formRef = useRef<HTMLFormElement>(null);
  usePanelAnswers({ 'tapeFiles.import': () => formRef.current?.querySelector('input')?.focus() });
  const isWrong = instrument !== '' && !isInstrumentId(instrument);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file === '' || isWrong) return;
    void run(async () => {
      const begun = await client.request('tape.import', {
        file,
        format,
        ...(isInstrumentId(instrument) && { instrumentId: instrument }),
      });
      if (begun.ok) setFile('');
      return begun;
    });
  };
  return (
    <form ref={formRef} className={cx('form')} onSubmit={submit} aria-label={t('import.name')}>
      <Field
        label={t('import.file')}
        placeholder={t('import.filePlaceholder')}
        value={file}
        testId="import-file"
        error={error}
        onChange={({ target }) => setFile(target.value)}
      />
      <SelectField
        label={t('format')}
        value={format}
        testId="import-format"
        onChange={(value) => setFormat(IMPORT_FORMATS.find((one) => one === value) ?? AUTO)}
      >
        <option value={AUTO}>{t('import.byContent')}</option>
        {IMPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {t(`formats.${one}`)}
          </option>
        ))}
      </SelectField>
      <Field
        label={t('instrument')}
        placeholder={t('import.unknownInstrument')}
        value={instrument}
        testId="import-instrument"
        error={isWrong ? t('import.wrongInstrument') : null}
        onChange={({ target }) => setInstrument(target.value)}
      />
      <Button type="submit" testId="import-start" disabled={isBusy || file === '' || isWrong}>
        {t('import.name')}
      </Button>
    </form>
  );
}
