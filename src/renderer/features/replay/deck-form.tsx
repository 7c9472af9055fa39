import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DECKS } from '#contract/replay-requests.ts';
import { useActions, useBots, useReplay } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useTapeInfo } from '../tape-files/use-tape-info.ts';
import { DeckBotsField } from './deck-bots-field.tsx';
import {
  canOpen,
  checkedDeck,
  type DeckAlerts,
  type DeckDraft,
  newDeckDraft,
  type Recorded,
} from './deck-draft.ts';
import { DeckSourceFields } from './deck-source-fields.tsx';
import styles from './replay-view.module.css';
import { useAwaitedDeck } from './use-awaited-deck.ts';

const cx = bindClassNames(styles);

/** What to play: instruments of the tape or a recording, and copies of our bots. */
export function DeckForm() {
  const { t } = useTranslation('replay');
  const { info, error, reload } = useTapeInfo();
  if (info === null) return <p className={cx('note')}>{error ?? t('form.asking')}</p>;
  return <LoadedDeckForm recorded={info.instruments} onReload={reload} />;
}

interface LoadedDeckFormProps {
  readonly recorded: readonly Recorded[];
  readonly onReload: () => void;
}

function LoadedDeckForm({ recorded, onReload }: LoadedDeckFormProps) {
  const { t } = useTranslation('replay');
  const { decks } = useActions();
  const showWhenThere = useAwaitedDeck();
  const openDecks = useReplay((state) => Object.keys(state.decks).length);
  const bots = useBots((state) => state.bots);
  const [draft, setDraft] = useState(() => newDeckDraft(recorded));
  const { isBusy, error, run } = useCommand();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canOpen(draft)) return;
    void run(async () => {
      const opened = await decks.open(checkedDeck(draft, Object.values(bots)));
      if (opened.ok) showWhenThere(opened.value.id);
      return opened;
    });
  };
  return (
    <form className={cx('form')} onSubmit={submit} data-testid="deck-form">
      <DeckSourceFields draft={draft} recorded={recorded} onChange={setDraft} />
      <DeckBotsField draft={draft} bots={Object.values(bots)} onChange={setDraft} />
      <TellingFields draft={draft} onChange={setDraft} />
      {error !== null && (
        <span className={cx('error')} role="alert">
          {error}
        </span>
      )}
      <span className={cx('actions')}>
        <Button variant="quiet" onClick={onReload}>
          {t('form.reload')}
        </Button>
        <Button
          variant="accent"
          type="submit"
          testId="deck-open"
          disabled={isBusy || !canOpen(draft) || openDecks >= MAX_DECKS}
        >
          {t('form.open')}
        </Button>
      </span>
    </form>
  );
}

interface TellingFieldsProps {
  readonly draft: DeckDraft;
  readonly onChange: (draft: DeckDraft) => void;
}

/** What the deck says of what happens in it. */
function TellingFields({ draft, onChange }: TellingFieldsProps) {
  const { t } = useTranslation('replay');
  const { t: ofAlerts } = useTranslation('alerts');
  return (
    <>
      <SelectField
        label={ofAlerts('deck.with')}
        value={draft.alerts}
        testId="deck-alerts-choice"
        onChange={(choice) => onChange({ ...draft, alerts: choice as DeckAlerts })}
      >
        <option value="none">{ofAlerts('deck.none')}</option>
        <option value="live">{ofAlerts('deck.live')}</option>
      </SelectField>
      <label className={cx('option')} title={t('form.notifyHint')}>
        <input
          type="checkbox"
          checked={draft.notify}
          data-testid="deck-notify"
          onChange={({ target }) => onChange({ ...draft, notify: target.checked })}
        />
        {t('form.notify')}
      </label>
    </>
  );
}
