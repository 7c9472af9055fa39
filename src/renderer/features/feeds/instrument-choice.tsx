import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHubClient, useInstruments } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './add-exchange-dialog.module.css';
import { specOf } from './feed-symbols.ts';
import { type ExchangeListing, Failure, moveFocus } from './offer-list.tsx';
import { useFeedAddition } from './use-feed-addition.ts';
import { useHubAnswer } from './use-hub-answer.ts';
import { Waiting } from './waiting.tsx';

const cx = bindClassNames(styles);

const MOST_SHOWN = 200;
/** A feed carries no more (Deriv's limit is the lower one, and good enough for all). */
const MOST_CHOSEN = 100;

export interface InstrumentChoiceProps {
  readonly exchange: ExchangeListing;
  readonly text: string;
  readonly onAdded: () => void;
  /** It is not waited for any longer. */
  readonly onCancel: () => void;
}

/** What an exchange offers, with a box for each; those that are watched already are ticked for good. */
export function InstrumentChoice(props: InstrumentChoiceProps) {
  const { exchange, text: firstText, onAdded, onCancel } = props;
  const { id: exchangeId, name } = exchange;
  const { t } = useTranslation('feeds');
  const client = useHubClient();
  const watchlist = useInstruments((state) => state.watchlist);
  const [text, setText] = useState(firstText);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { isAdding, error, add, giveUp } = useFeedAddition();
  const ask = useCallback(
    () => client.request('instruments.search', { exchange: exchangeId, text, limit: MOST_SHOWN }),
    [client, exchangeId, text],
  );
  const offered = useHubAnswer(ask);
  const instruments = offered.kind === 'answered' ? offered.value.instruments : [];
  const watched = new Set((watchlist ?? []).map(({ id }) => id));
  const toggle = (symbol: string) =>
    setChosen((known) =>
      known.includes(symbol) ? known.filter((one) => one !== symbol) : [...known, symbol],
    );
  const addChosen = async () => {
    if (await add(specOf(exchangeId, chosen))) onAdded();
  };
  return (
    <section className={cx('column')} aria-label={t('dialog.instrumentsOf', { name })}>
      <input
        type="search"
        className={cx('search')}
        placeholder={t('dialog.searchInstruments', { name })}
        aria-label={t('dialog.searchInstruments', { name })}
        data-testid="instrument-search"
        value={text}
        ref={focusOnce}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.currentTarget.parentElement
            ?.querySelector<HTMLElement>('li > label > input:enabled')
            ?.focus();
        }}
      />
      {offered.kind === 'asking' && (
        <Waiting
          text={t(offered.isLong ? 'dialog.askingLong' : 'dialog.asking', { name })}
          testId="asking"
          onCancel={onCancel}
        />
      )}
      {offered.kind === 'failed' && <Failure {...offered} />}
      {offered.kind === 'answered' && instruments.length === 0 && (
        <p className={cx('note')}>{t('dialog.noInstrument', { name })}</p>
      )}
      <ul className={cx('list')} onKeyDown={moveFocus} data-testid="offered">
        {instruments.map(({ id, symbol, base, quote }) => (
          <li key={id}>
            <label className={cx('instrument', watched.has(id) && 'watched')}>
              <input
                type="checkbox"
                data-testid={`choose-${id}`}
                checked={watched.has(id) || chosen.includes(symbol)}
                disabled={watched.has(id) || isAdding}
                onChange={() => toggle(symbol)}
              />
              <span className={cx('symbol')}>{symbol}</span>
              <span className={cx('id')}>
                {watched.has(id) ? t('dialog.watched') : [base, quote].filter(Boolean).join(' / ')}
              </span>
            </label>
          </li>
        ))}
        {instruments.length === MOST_SHOWN && (
          <li className={cx('note')}>{t('dialog.firstOnly', { count: MOST_SHOWN })}</li>
        )}
      </ul>
      <footer className={cx('foot')}>
        <Chosen chosen={chosen} onRemove={toggle} onClear={() => setChosen([])} />
        {error !== null && (
          <p className={cx('failure')} role="alert">
            {error}
          </p>
        )}
        {chosen.length > MOST_CHOSEN && (
          <p className={cx('failure')} role="alert">
            {t('dialog.tooMany', { most: MOST_CHOSEN })}
          </p>
        )}
        {isAdding && (
          <Waiting text={t('dialog.addingNote', { name })} testId="adding" onCancel={giveUp} />
        )}
        <Button
          variant="accent"
          testId="add-chosen"
          disabled={isAdding || chosen.length === 0 || chosen.length > MOST_CHOSEN}
          onClick={() => void addChosen()}
        >
          {isAdding ? t('dialog.adding') : t('dialog.add', { count: chosen.length })}
        </Button>
      </footer>
    </section>
  );
}

/** What will be added: it stays while one searches for more. */
function Chosen({
  chosen,
  onRemove,
  onClear,
}: {
  readonly chosen: readonly string[];
  readonly onRemove: (symbol: string) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation('feeds');
  if (chosen.length === 0) return null;
  return (
    <div className={cx('chips')}>
      {chosen.map((symbol) => (
        <button
          key={symbol}
          type="button"
          className={cx('chip')}
          aria-label={t('dialog.unselect', { name: symbol })}
          onClick={() => onRemove(symbol)}
        >
          {symbol} <span aria-hidden="true">×</span>
        </button>
      ))}
      <Button variant="quiet" onClick={onClear}>
        {t('dialog.clear')}
      </Button>
    </div>
  );
}

const focusOnce = (input: HTMLInputElement | null) => input?.focus();
