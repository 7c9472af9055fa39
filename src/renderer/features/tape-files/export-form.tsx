import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_FORMATS } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { useHubClient, usePanelAnswers } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { checkedExport, type ExportDraft, isBackwards, NEW_EXPORT } from './export-draft.ts';
import styles from './tape-files.module.css';

const cx = bindClassNames(styles);

interface ExportFormProps {
  readonly instrumentIds: readonly InstrumentId[];
}

interface PartProps {
  readonly draft: ExportDraft;
  readonly onChange: (draft: ExportDraft) => void;
}

/** Begins an export of one instrument's tape, or a stretch of it, to a file on the hub's machine. */
export function ExportForm({ instrumentIds }: ExportFormProps) {
  const { t } = useTranslation('tape-files');
  const client = useHubClient();
  const [draft, setDraft] = useState(NEW_EXPORT);
  const { isBusy, error, run } = useCommand();
  const formRef = useRef<HTMLFormElement>(null);
  usePanelAnswers({ 'tapeFiles.export': () => formRef.current?.querySelector('input')?.focus() });
  const checked = checkedExport(draft, instrumentIds);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked === null) return;
    void run(async () => {
      const begun = await client.request('tape.export', checked);
      if (begun.ok) setDraft({ ...draft, file: '' });
      return begun;
    });
  };
  return (
    <form
      ref={formRef}
      className={cx('form', 'export')}
      onSubmit={submit}
      aria-label={t('export.name')}
    >
      <Field
        label={t('export.file')}
        placeholder={t('export.filePlaceholder')}
        value={draft.file}
        testId="export-file"
        error={error}
        onChange={({ target }) => setDraft({ ...draft, file: target.value })}
      />
      <ContentFields {...{ draft, instrumentIds }} onChange={setDraft} />
      <StretchFields draft={draft} onChange={setDraft} />
      <Button type="submit" testId="export-start" disabled={isBusy || checked === null}>
        {t('export.name')}
      </Button>
    </form>
  );
}

function ContentFields({ draft, instrumentIds, onChange }: PartProps & ExportFormProps) {
  const { t } = useTranslation('tape-files');
  const formatOf = (text: string) => EXPORT_FORMATS.find((one) => one === text) ?? draft.format;
  return (
    <>
      <SelectField
        label={t('format')}
        value={draft.format}
        testId="export-format"
        onChange={(format) => onChange({ ...draft, format: formatOf(format) })}
      >
        {EXPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {t(`formats.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('instrument')}
        value={instrumentIds.find((id) => id === draft.instrument) ?? instrumentIds[0] ?? ''}
        testId="export-instrument"
        onChange={(instrument) => onChange({ ...draft, instrument })}
      >
        {instrumentIds.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </SelectField>
    </>
  );
}

function StretchFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation('tape-files');
  return (
    <>
      <Field
        label={t('export.from')}
        hint={t('export.fromHint')}
        type="datetime-local"
        step={1}
        value={draft.from}
        testId="export-from"
        error={isBackwards(draft) ? t('export.wrongRange') : null}
        onChange={({ target }) => onChange({ ...draft, from: target.value })}
      />
      <Field
        label={t('export.to')}
        hint={t('export.toHint')}
        type="datetime-local"
        step={1}
        value={draft.to}
        testId="export-to"
        onChange={({ target }) => onChange({ ...draft, to: target.value })}
      />
    </>
  );
}
