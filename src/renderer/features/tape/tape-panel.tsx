import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '#domain/instrument.ts';
import {
  useDataFrames,
  useFrames,
  useHubClient,
  useInstrument,
  useIsGone,
  useNotLive,
  usePanelAnswers,
  usePanelOption,
  useSelection,
  useShortcutText,
} from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCompact } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { useIsShown } from '../../ui/use-is-shown.ts';
import { listenToViewport } from './listen-to-viewport.ts';
import styles from './tape.module.css';
import {
  DEFAULT_TAPE_PREFERENCES,
  heardFrom,
  type TapePreferences,
  tapePreferencesSchema,
} from './tape-preferences.ts';
import { type TapePhase, TapeSession } from './tape-session.ts';
import { TapeSettings } from './tape-settings.tsx';
import { TapeSound } from './tape-sound.ts';
import { TapeView } from './tape-view.ts';

const cx = bindClassNames(styles);
const SKELETON_ROWS = Array.from({ length: 24 }, (_, index) => index);

/** Time and sales of the selected instrument. */
export function TapePanel() {
  const { t } = useTranslation('tape');
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const [preferences, keep] = usePanelOption(
    'tape',
    tapePreferencesSchema,
    DEFAULT_TAPE_PREFERENCES,
  );
  const change = (part: Partial<TapePreferences>) => keep({ ...preferences, ...part });
  const [areSettingsOpen, setSettingsOpen] = useState(false);
  const rootRef = useRef<HTMLDivElement>(null);
  const viewportRef = useRef<HTMLDivElement>(null);
  const pendingRef = useRef<HTMLButtonElement>(null);
  const [isHeld, setHeld] = useState(false);
  const holdKeys = useShortcutText('tape.hold');
  const toNewest = () => {
    setHeld(false);
    viewportRef.current?.scrollTo({ top: 0 });
  };
  usePanelAnswers({
    'tape.hold': () => setHeld(!isHeld),
    'tape.newest': toNewest,
    'tape.allSizes': () => change({ hideBelow: 0 }),
    'tape.sound': () => change({ isSoundOn: !preferences.isSoundOn }),
    'tape.settings': () => setSettingsOpen(true),
  });
  const phase = useTape({
    ...{ viewportRef, pendingRef, instrument, preferences, isHeld },
    isShown: useIsShown(rootRef),
    onHold: () => setHeld((held) => !held),
  });
  return (
    <Panel
      title={t('title')}
      header={
        <span className={cx('controls')}>
          <button
            ref={pendingRef}
            type="button"
            className={cx('pending')}
            title={t('backToNewest')}
            data-testid="tape-pending"
            hidden
            onClick={toNewest}
          />
          <Filter preferences={preferences} instrument={instrument} />
          <Button
            variant="quiet"
            testId="tape-hold"
            aria-pressed={isHeld}
            aria-label={t('pause')}
            title={holdKeys === undefined ? t('pause') : t('pauseByKeys', { keys: holdKeys })}
            onClick={() => setHeld(!isHeld)}
          >
            {isHeld ? '▶' : '❚❚'}
          </Button>
          <Button
            variant="quiet"
            testId="tape-settings-open"
            aria-expanded={areSettingsOpen}
            aria-label={t('settings')}
            title={t('settings')}
            onClick={() => setSettingsOpen(!areSettingsOpen)}
          >
            ⚙
          </Button>
        </span>
      }
      notLive={notLive}
    >
      <div ref={rootRef} className={cx('root')} data-testid="tape" data-held={isHeld}>
        <div className={cx('columns')} aria-hidden="true">
          <span>{t('time')}</span>
          <span />
          <span>
            {t('price')} {instrument?.quote}
          </span>
          <span>
            {t('size')} {instrument?.base}
          </span>
        </div>
        {/* It scrolls, so the keyboard must get there. */}
        <section
          ref={viewportRef}
          className={cx('viewport')}
          aria-label={t('lastTrades')}
          data-testid="tape-viewport"
          {...{ tabIndex: 0 }}
        />
        <TapeOverlay
          hasInstrument={selectedInstrumentId !== null}
          isGone={useIsGone(selectedInstrumentId)}
          onlyLiquidations={liquidationsOf(instrument, preferences) === 'only'}
          phase={phase}
        />
        {areSettingsOpen && (
          <TapeSettings
            preferences={preferences}
            instrument={instrument}
            onChange={change}
            onClose={() => setSettingsOpen(false)}
          />
        )}
      </div>
    </Panel>
  );
}

interface TapeWish {
  readonly viewportRef: { readonly current: HTMLElement | null };
  readonly pendingRef: { readonly current: HTMLElement | null };
  readonly instrument: Instrument | undefined;
  readonly preferences: TapePreferences;
  readonly isHeld: boolean;
  /** In no other case is the hub asked for anything. */
  readonly isShown: boolean;
  /** The key for holding was pressed. */
  readonly onHold: () => void;
}

function useTape(wish: TapeWish): TapePhase {
  const { viewportRef, pendingRef, instrument, preferences, isHeld, isShown, onHold } = wish;
  const { t } = useTranslation('tape');
  const client = useHubClient();
  const frames = useFrames();
  const dataFrames = useDataFrames();
  const frameKey = `tape ${useId()}`;
  const [phase, setPhase] = useState<TapePhase>({ kind: 'loading' });
  const [session, setSession] = useState<TapeSession | null>(null);
  const [sound] = useState(() => new TapeSound(systemClock));
  const { unit, hideBelow, levels, aggregation, windowMs } = preferences;
  const liquidations = liquidationsOf(instrument, preferences);
  const rules = useMemo(
    () => ({ unit, hideBelow, levels, aggregation, windowMs, liquidations }),
    [unit, hideBelow, levels, aggregation, windowMs, liquidations],
  );
  const hold = useRef(onHold);
  hold.current = onHold;

  useLayoutEffect(() => {
    const viewport = viewportRef.current;
    if (viewport === null || instrument === undefined || !isShown) return;
    const view = new TapeView(viewport, rules.levels);
    const created = new TapeSession({
      ...{ client, frames, dataFrames, frameKey, view, instrument, rules },
      onPhase: setPhase,
      onPause: ({ isPaused, pending }) => {
        const amount = pending < 10_000 ? String(pending) : formatCompact(pending);
        showPause(pendingRef.current, isPaused ? t('pausedWith', { amount }) : '');
      },
      onHit: (hit) => sound.hear(hit),
    });
    const stopListening = listenToViewport(viewport, created, () => hold.current());
    setSession(created);
    return () => {
      stopListening();
      created.dispose();
      view.dispose();
      setSession(null);
    };
  }, [
    viewportRef,
    pendingRef,
    client,
    instrument,
    rules,
    isShown,
    frames,
    dataFrames,
    frameKey,
    sound,
    t,
  ]);

  useLayoutEffect(() => session?.hold(isHeld), [session, isHeld]);
  const { isSoundOn, hearsLiquidations, volume } = preferences;
  const soundFrom = heardFrom(preferences);
  useLayoutEffect(() => {
    sound.set({ isSoundOn, soundFrom, hearsLiquidations, volume });
    return () => sound.dispose();
  }, [sound, isSoundOn, soundFrom, hearsLiquidations, volume]);
  return phase;
}

/** Of an instrument whose exchange tells of none there is nothing to filter by. */
const liquidationsOf = (
  instrument: Instrument | undefined,
  { liquidations }: TapePreferences,
): TapePreferences['liquidations'] =>
  instrument?.tellsLiquidations === true ? liquidations : 'hidden';

function showPause(element: HTMLElement | null, text: string): void {
  if (element === null || element.textContent === text) return;
  element.textContent = text;
  element.hidden = text === '';
}

/** A tape that leaves something out says so. */
function Filter({
  preferences,
  instrument,
}: {
  readonly preferences: TapePreferences;
  readonly instrument: Instrument | undefined;
}) {
  const { t } = useTranslation('tape');
  const { hideBelow, unit, aggregation } = preferences;
  const liquidations = liquidationsOf(instrument, preferences);
  const size = hideBelow.toLocaleString('en-US');
  const words = {
    median: t('fromMedian', { size }),
    base: t('from', { size, currency: instrument?.base ?? '' }),
    quote: t('from', { size, currency: instrument?.quote ?? '' }),
  };
  const parts = [
    ...(hideBelow > 0 ? [words[unit]] : []),
    ...(liquidations === 'only' ? [t('onlyLiquidations')] : []),
    ...(aggregation === 'off' ? [] : [t(`aggregations.${aggregation}`)]),
  ];
  if (parts.length === 0) return null;
  return (
    <span className={cx('chip')} data-testid="tape-filter" title={parts.join(', ')}>
      {parts.join(', ')}
    </span>
  );
}

function TapeOverlay({
  hasInstrument,
  isGone,
  onlyLiquidations,
  phase,
}: {
  readonly hasInstrument: boolean;
  readonly isGone: boolean;
  readonly onlyLiquidations: boolean;
  readonly phase: TapePhase;
}) {
  const { t } = useTranslation('tape');
  const { t: ofAll } = useTranslation('common');
  if (isGone) {
    return (
      <div className={cx('overlay')}>
        <EmptyState text={ofAll('gone')} />
      </div>
    );
  }
  if (hasInstrument && phase.kind === 'ready') return null;
  return (
    <div className={cx('overlay')}>
      {!hasInstrument && <EmptyState text={t('selectInstrument')} />}
      {hasInstrument && phase.kind === 'empty' && (
        <EmptyState text={t(onlyLiquidations ? 'noLiquidations' : 'noTrades')} />
      )}
      {hasInstrument && phase.kind === 'failed' && <EmptyState text={phase.message} />}
      {hasInstrument &&
        phase.kind === 'loading' &&
        SKELETON_ROWS.map((row) => <div key={row} className={cx('bone')} />)}
    </div>
  );
}
