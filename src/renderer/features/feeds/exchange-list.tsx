import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestResult } from '#contract/requests.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './add-exchange-dialog.module.css';
import { type ExchangeListing, Failure, moveFocus } from './offer-list.tsx';
import type { HubAnswer } from './use-hub-answer.ts';

const cx = bindClassNames(styles);

export interface ExchangeListProps {
  readonly exchanges: HubAnswer<RequestResult<'exchanges.list'>>;
  readonly chosen: ExchangeListing | null;
  readonly onChoose: (exchange: ExchangeListing) => void;
}

export function ExchangeList({ exchanges, chosen, onChoose }: ExchangeListProps) {
  const { t } = useTranslation('feeds');
  const [text, setText] = useState('');
  const listRef = useRef<HTMLUListElement>(null);
  const wanted = text.trim().toLowerCase();
  const known = exchanges.kind === 'answered' ? exchanges.value.exchanges : [];
  const found = known.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
  const onKeyDown = (event: KeyboardEvent) => {
    const first = found[0];
    if (event.key === 'Enter' && first !== undefined) onChoose(first);
    else if (event.key === 'ArrowDown') listRef.current?.querySelector('button')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <section className={cx('column', 'exchanges')} aria-label={t('dialog.exchanges')}>
      <input
        type="search"
        className={cx('search')}
        placeholder={t('dialog.searchExchanges')}
        aria-label={t('dialog.searchExchanges')}
        data-testid="exchange-search"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      {exchanges.kind === 'asking' && <p className={cx('note')}>{t('dialog.loadingExchanges')}</p>}
      {exchanges.kind === 'failed' && <Failure {...exchanges} />}
      {exchanges.kind === 'answered' && found.length === 0 && (
        <p className={cx('note')}>{t('dialog.noExchange')}</p>
      )}
      <ul className={cx('list')} ref={listRef} onKeyDown={moveFocus}>
        {found.map((exchange) => (
          <li key={exchange.id}>
            <button
              type="button"
              className={cx('exchange', exchange.id === chosen?.id && 'chosen')}
              aria-pressed={exchange.id === chosen?.id}
              data-testid={`exchange-${exchange.id}`}
              onClick={() => onChoose(exchange)}
            >
              <span className={cx('symbol')}>{exchange.name}</span>
              <span className={cx('id')}>{exchange.id}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={cx('count')}>
        {known.length > 0 &&
          (found.length === known.length
            ? t('dialog.exchangeCount', { count: known.length })
            : t('dialog.exchangesFound', { found: found.length, count: known.length }))}
      </p>
    </section>
  );
}
