import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../ui/button.tsx';
import { bindClassNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { newId } from '../../../ui/new-id.ts';
import styles from '../dialog.module.css';
import type { ChartSettingsStore } from '../settings/chart-settings.ts';
import { INDICATOR_KINDS, type IndicatorKind } from './catalogue.ts';
import { IndicatorForm } from './indicator-form.tsx';
import {
  type IndicatorSettings,
  MOST_INDICATORS,
  parameterText,
  usualSettings,
} from './indicator-settings.ts';

const cx = bindClassNames(styles);

interface IndicatorDialogProps {
  readonly settings: ChartSettingsStore;
  /** The indicator that is to be edited first; null: none. */
  readonly editedId: string | null;
  readonly onClose: () => void;
}

/** Adds, edits and removes indicators; the chart behind follows at once. Loaded when it is opened. */
export default function IndicatorDialog({ settings, editedId, onClose }: IndicatorDialogProps) {
  const { t } = useTranslation('chart');
  const indicators = useStore(settings, (state) => state.indicators);
  const [openId, setOpenId] = useState(editedId);
  const set = (next: readonly IndicatorSettings[]) => settings.setState({ indicators: [...next] });
  const add = (kind: IndicatorKind) => {
    const id = newId();
    set([...indicators, usualSettings(kind, id)]);
    setOpenId(id);
  };
  return (
    <Dialog title={t('dialog.title')} testId="indicator-dialog" onClose={onClose}>
      <div className={cx('columns')}>
        <Catalogue isFull={indicators.length >= MOST_INDICATORS} onAdd={add} />
        <section className={cx('column')} aria-label={t('dialog.onChart')}>
          <h3 className={cx('heading')}>{t('dialog.onChart')}</h3>
          {indicators.length === 0 && <p className={cx('note')}>{t('dialog.empty')}</p>}
          <ul className={cx('list')}>
            {indicators.map((one) => (
              <ChosenIndicator
                key={one.id}
                indicator={one}
                isOpen={one.id === openId}
                onToggle={() => setOpenId(one.id === openId ? null : one.id)}
                onChange={(changed) =>
                  set(indicators.map((other) => (other.id === one.id ? changed : other)))
                }
                onRemove={() => set(indicators.filter((other) => other.id !== one.id))}
              />
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

interface CatalogueProps {
  readonly isFull: boolean;
  readonly onAdd: (kind: IndicatorKind) => void;
}

function Catalogue({ isFull, onAdd }: CatalogueProps) {
  const { t } = useTranslation('chart');
  const [sought, setSought] = useState('');
  const wanted = sought.trim().toLowerCase();
  const found = INDICATOR_KINDS.filter((kind) =>
    `${t(`indicator.${kind}`)} ${t(`indicatorName.${kind}`)}`.toLowerCase().includes(wanted),
  );
  return (
    <section className={cx('column')} aria-label={t('dialog.search')}>
      <Field
        label={t('dialog.search')}
        type="search"
        value={sought}
        testId="indicator-search"
        onChange={({ target }) => setSought(target.value)}
      />
      {isFull && <p className={cx('note')}>{t('dialog.full', { most: MOST_INDICATORS })}</p>}
      {found.length === 0 && <p className={cx('note')}>{t('dialog.nothing')}</p>}
      <ul className={cx('list')}>
        {found.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              className={cx('offer')}
              disabled={isFull}
              aria-label={t('dialog.add', { name: t(`indicatorName.${kind}`) })}
              data-testid={`add-indicator-${kind}`}
              onClick={() => onAdd(kind)}
            >
              {t(`indicatorName.${kind}`)}
              <span className={cx('dim')}>{t(`indicator.${kind}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChosenIndicatorProps {
  readonly indicator: IndicatorSettings;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (indicator: IndicatorSettings) => void;
  readonly onRemove: () => void;
}

function ChosenIndicator(props: ChosenIndicatorProps) {
  const { indicator, isOpen, onToggle, onChange, onRemove } = props;
  const { t } = useTranslation('chart');
  return (
    <li className={cx('chosen')} data-testid={`chosen-${indicator.kind}`}>
      <div className={cx('chosenHead')}>
        <button type="button" className={cx('offer')} aria-expanded={isOpen} onClick={onToggle}>
          {t(`indicatorName.${indicator.kind}`)}
          <span className={cx('dim')}>{parameterText(indicator)}</span>
        </button>
        <Button variant="quiet" testId={`remove-${indicator.kind}`} onClick={onRemove}>
          {t('dialog.remove')}
        </Button>
      </div>
      {isOpen && <IndicatorForm indicator={indicator} onChange={onChange} />}
    </li>
  );
}
