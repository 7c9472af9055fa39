import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_FORMATS, type ExportFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);

interface ExportFormProps {
  readonly instrumentIds: readonly InstrumentId[];
}

/** Begins an export of one instrument's whole tape to a file on the hub's machine. */
export function ExportForm({ instrumentIds }: ExportFormProps) {
  const { t } = useTranslation('tape-files');
  const client = useHubClient();
  const [file, setFile] = useState('');
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [chosen, setChosen] = useState<string>('');
  const { isBusy, error, run } = useCommand();
  const instrumentId = instrumentIds.find((id) => id === chosen) ?? instrumentIds[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file === '' || instrumentId === undefined) return;
    void run(async () => {
      const begun = await client.request('tape.export', { instrumentId, format, file });
      if (begun.ok) setFile('');
      return begun;
    });
  };
  return (
    <form className={cx('form')} onSubmit={submit} aria-label={t('export.name')}>
      <Field
        label={t('export.file')}
        placeholder={t('export.filePlaceholder')}
        value={file}
        testId="export-file"
        error={error}
        onChange={({ target }) => setFile(target.value)}
      />
      <SelectField
        label={t('format')}
        value={format}
        testId="export-format"
        onChange={(value) => setFormat(EXPORT_FORMATS.find((one) => one === value) ?? 'csv')}
      >
        {EXPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {t(`formats.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('instrument')}
        value={instrumentId ?? ''}
        testId="export-instrument"
        onChange={setChosen}
      >
        {instrumentIds.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </SelectField>
      <Button
        type="submit"
        testId="export-start"
        disabled={isBusy || file === '' || instrumentId === undefined}
      >
        {t('export.name')}
      </Button>
    </form>
  );
}
