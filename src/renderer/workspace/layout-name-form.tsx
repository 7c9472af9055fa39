import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import { Field } from '../ui/field.tsx';
import styles from './layout-name-form.module.css';
import type { NameRefusal } from './layouts.ts';

const cx = bindClassNames(styles);

export interface LayoutNameFormProps {
  readonly initial: string;
  /** Null: it is called so now. */
  readonly give: (name: string) => NameRefusal | null;
  readonly onDone: () => void;
}

export function LayoutNameForm({ initial, give, onDone }: LayoutNameFormProps) {
  const { t } = useTranslation('workspace');
  const [name, setName] = useState(initial);
  const [refusal, setRefusal] = useState<NameRefusal | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refused = give(name);
    setRefusal(refused);
    if (refused === null) onDone();
  };
  return (
    <form className={cx('form')} onSubmit={submit} aria-label={t('layouts.nameForm')}>
      <Field
        label={t('layouts.name')}
        value={name}
        maxLength={40}
        autoFocus
        testId="layout-name"
        error={refusal === null ? null : t(`refusals.${refusal}`)}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" variant="accent" testId="layout-name-submit">
        {t('layouts.save')}
      </Button>
    </form>
  );
}
