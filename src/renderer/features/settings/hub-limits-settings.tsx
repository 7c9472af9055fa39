import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubLimitsView, RateLimit } from '#contract/hub-limits.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatSize } from '../../ui/format.ts';
import {
  keyOf,
  PLAIN_LIMITS,
  plainProblem,
  type RatePlace,
  rateAt,
  ratePlaces,
  withLimit,
  withRate,
} from './hub-limit-list.ts';
import type { HubLimitSettings, LimitEdit } from './hub-settings.ts';
import { LimitRow } from './limit-row.tsx';
import { NumberField } from './number-field.tsx';
import { RateField } from './rate-field.tsx';
import styles from './settings.module.css';
import { hasWords } from './settings-list.ts';

const cx = bindClassNames(styles);

export interface HubLimitsSettingsProps {
  readonly query: string;
  readonly limits: HubLimitSettings;
}

/** What one client of the hub may cost the others: it begins with what is kept here at its next start. */
export function HubLimitsSettings({
  query,
  limits: { value, error, change },
}: HubLimitsSettingsProps) {
  const { t } = useTranslation('settings');
  const { found, isEmpty } = useFound(query, value);
  if (isEmpty) return null;
  return (
    <section aria-label={t('limits.title')} data-testid="settings-limits">
      <h3 className={cx('heading')}>{t('limits.title')}</h3>
      <p className={cx('explained')}>{t('limits.explained')}</p>
      {error !== null && (
        <p className={cx('problem')} role="alert">
          {error}
        </p>
      )}
      {value !== null &&
        found.plain.map((limit) => (
          <PlainLimitRow key={limit.name} {...limit} view={value} onChange={change} />
        ))}
      {value !== null &&
        found.rates.map((place) => (
          <RateRow key={keyOf(place)} place={place} view={value} onChange={change} />
        ))}
    </section>
  );
}

/** Of all limits those that are looked for; all, where their title is. */
function useFound(query: string, view: HubLimitsView | null) {
  const { t } = useTranslation('settings');
  const words = useRateWords();
  const holds = (label: string, hint: string, name: string) =>
    hasWords(`${t('limits.title')} ${label} ${hint} ${name}`, query);
  const plain = PLAIN_LIMITS.filter(({ name }) =>
    holds(t(`limits.items.${name}.label`), t(`limits.items.${name}.hint`), name),
  );
  const rates = (view === null ? [] : ratePlaces(view)).filter((place) => {
    const { label, hint } = words(place);
    return holds(label, hint, keyOf(place));
  });
  return { found: { plain, rates }, isEmpty: plain.length + rates.length === 0 };
}

interface RowProps {
  readonly view: HubLimitsView;
  readonly onChange: (edit: LimitEdit) => Promise<unknown>;
}

function PlainLimitRow({
  name,
  unit,
  factor,
  view,
  onChange,
}: (typeof PLAIN_LIMITS)[number] & RowProps) {
  const { t } = useTranslation('settings');
  const id = useId();
  const { inUse, defaults, kept } = view;
  const value = kept[name] ?? defaults[name];
  const unitText = unit === 'count' ? '' : t(`limits.units.${unit}`);
  const text = (limit: number) => `${numberText(limit / factor)} ${unitText}`.trim();
  const keep = (changed: number | null) =>
    void onChange((newest) =>
      withLimit(newest, name, changed === null || changed === defaults[name] ? undefined : changed),
    );
  return (
    <LimitRow
      {...{ id, name }}
      label={t(`limits.items.${name}.label`)}
      hint={t(`limits.items.${name}.hint`)}
      defaultText={text(defaults[name])}
      inUseText={inUse[name] === value ? null : text(inUse[name])}
      onReset={kept[name] === undefined ? null : () => keep(null)}
    >
      <NumberField
        key={value}
        {...{ id, value, factor }}
        unit={unitText}
        placeholder=""
        problemOf={(read) => (read === null ? t('notANumber') : plainProblem(name, read))}
        onChange={keep}
      />
    </LimitRow>
  );
}

function RateRow({ place, view, onChange }: RowProps & { readonly place: RatePlace }) {
  const id = useId();
  const words = useRateWords();
  const rateText = useRateText();
  const { inUse, defaults, kept } = view;
  const { label, hint } = words(place);
  const standard = rateAt(defaults, place) ?? defaults.eventRate;
  const keptRate = rateAt(kept, place);
  const value = keptRate ?? standard;
  const isUsed = isSame(rateAt(inUse, place) ?? inUse.eventRate, value);
  const keep = (rate: RateLimit | undefined) => {
    const isStandard = rate !== undefined && isSame(rate, standard);
    void onChange((newest) => withRate(newest, place, isStandard ? undefined : rate));
  };
  return (
    <LimitRow
      {...{ id, label, hint }}
      name={keyOf(place)}
      defaultText={rateText(standard)}
      inUseText={isUsed ? null : rateText(rateAt(inUse, place) ?? inUse.eventRate)}
      onReset={keptRate === undefined ? null : () => keep(undefined)}
    >
      <RateField key={JSON.stringify(value)} {...{ id, label, value }} onChange={keep} />
    </LimitRow>
  );
}

const isSame = (a: RateLimit, b: RateLimit): boolean =>
  a.count === b.count &&
  a.periodMs === b.periodMs &&
  a.burst?.count === b.burst?.count &&
  a.burst?.periodMs === b.burst?.periodMs;

function useRateWords() {
  const { t } = useTranslation('settings');
  return (place: RatePlace): { readonly label: string; readonly hint: string } =>
    place.of === 'eventRates'
      ? { label: t('limits.ofEvent.label', { event: place.event }), hint: t('limits.ofEvent.hint') }
      : {
          label: t(`limits.items.${place.of}.label`),
          hint: t(`limits.items.${place.of}.hint`),
        };
}

const MS_A_SECOND = 1_000;
const FRACTION = 0.001;

const numberText = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : formatSize(value, FRACTION);

function useRateText() {
  const { t } = useTranslation('settings');
  const span = ({ count, periodMs }: { readonly count: number; readonly periodMs: number }) => ({
    many: numberText(count),
    seconds: numberText(periodMs / MS_A_SECOND),
  });
  return ({ burst, ...rate }: RateLimit): string =>
    burst === undefined
      ? t('limits.rate', span(rate))
      : t('limits.rateAndMore', { rate: t('limits.rate', span(rate)), ...span(burst) });
}
