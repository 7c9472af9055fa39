import { type FormEvent, useState } from 'react';
import { IMPORT_FORMATS, type ImportFormat } from '#contract/tape-requests.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import { useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { FORMAT_NAMES } from './format-names.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);

const AUTO = 'auto';

/** Begins an import of a file that lies on the hub's machine. */
export function ImportForm() {
  const client = useHubClient();
  const [file, setFile] = useState('');
  const [format, setFormat] = useState<ImportFormat | typeof AUTO>(AUTO);
  const [instrument, setInstrument] = useState('');
  const { isBusy, error, run } = useCommand();
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
    <form className={cx('form')} onSubmit={submit} aria-label="Import">
      <Field
        label="Import a file of this machine"
        placeholder="/home/me/BTCUSDT-trades-2025-01-01.zip"
        value={file}
        testId="import-file"
        error={error}
        onChange={({ target }) => setFile(target.value)}
      />
      <SelectField
        label="Format"
        value={format}
        testId="import-format"
        onChange={(value) => setFormat(IMPORT_FORMATS.find((one) => one === value) ?? AUTO)}
      >
        <option value={AUTO}>by its content</option>
        {IMPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {FORMAT_NAMES[one]}
          </option>
        ))}
      </SelectField>
      <Field
        label="Instrument"
        placeholder="if the file does not say"
        value={instrument}
        testId="import-instrument"
        error={isWrong ? 'like binance:BTC/USDT' : null}
        onChange={({ target }) => setInstrument(target.value)}
      />
      <Button type="submit" testId="import-start" disabled={isBusy || file === '' || isWrong}>
        Import
      </Button>
    </form>
  );
}
