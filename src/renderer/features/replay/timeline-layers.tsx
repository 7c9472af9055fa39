import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeckTimeline, DeckView } from '#contract/replay-requests.ts';
import type { Alert } from '#domain/alert.ts';
import type { Fill } from '#domain/fill.ts';
import { useAlerts, useBots } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClock, formatFullDateTime } from '../../ui/format.ts';
import styles from './deck-bar.module.css';
import { alertMarks, type TimedAlert, volumePath } from './timeline-marks.ts';

const cx = bindClassNames(styles);
const NO_ALERTS: readonly Alert[] = [];

export interface Stretch {
  readonly fromTime: number;
  readonly toTime: number;
}

/** Where in the stretch a time lies, in percent of its length. */
export const placeIn = ({ fromTime, toTime }: Stretch, time: number): number =>
  Math.min(100, Math.max(0, ((time - fromTime) / Math.max(1, toTime - fromTime)) * 100));

/** When how much was traded, also of what is ahead. */
export const VolumeLayer = memo(({ volumes }: Pick<DeckTimeline, 'volumes'>) => (
  <svg
    className={cx('volume')}
    viewBox={`0 0 ${Math.max(1, volumes.length)} 1`}
    preserveAspectRatio="none"
    aria-hidden="true"
    data-testid="deck-volume"
  >
    <path d={volumePath(volumes)} />
  </svg>
));

/** A hole stays one where its trades came afterwards: quotes and books of it did not. */
const GAP_LOOKS = { no: null, partly: 'partly', wholly: 'wholly' } as const;

/** Stretches in which nothing was heard, and what of them came afterwards. */
export const GapLayer = memo(({ gaps, stretch }: GapLayerProps) => {
  const { t } = useTranslation('replay');
  const words = useHubWords();
  const place = (time: number) => placeIn(stretch, time);
  return gaps.map(({ instrumentId, fromTime, toTime, reason, backfilled }) => (
    <span
      key={`${instrumentId} ${fromTime} ${reason}`}
      className={cx('gap', GAP_LOOKS[backfilled])}
      data-testid="deck-gap"
      data-backfilled={backfilled}
      title={t(`timeline.gap.${backfilled}`, {
        ...{ from: formatClock(fromTime), to: formatClock(toTime), reason: words(reason) },
      })}
      style={{
        left: `${place(fromTime)}%`,
        width: `${Math.max(0.2, place(toTime) - place(fromTime))}%`,
      }}
    />
  ));
});
interface GapLayerProps {
  readonly gaps: DeckView['gaps'];
  readonly stretch: Stretch;
}

/** Fills of the deck's bots so far, and fainter those that live had. */
export function FillLayer({ botIds, live, stretch }: FillLayerProps) {
  const bots = useBots((state) => state.bots);
  const fills = botIds.flatMap((botId): readonly Fill[] => bots[botId]?.fills ?? []);
  return (
    <>
      {live.map(({ id, side, time }) => (
        <span
          key={id}
          className={cx('fill', 'live', side === 'buy' ? 'up' : 'down')}
          data-testid="deck-live-fill"
          style={{ left: `${placeIn(stretch, time)}%` }}
        />
      ))}
      {fills.map(({ id, side, eventTime }) => (
        <span
          key={id}
          className={cx('fill', side === 'buy' ? 'up' : 'down')}
          style={{ left: `${placeIn(stretch, eventTime)}%` }}
        />
      ))}
    </>
  );
}
interface FillLayerProps {
  readonly botIds: DeckView['botIds'];
  readonly live: DeckTimeline['fills'];
  readonly stretch: Stretch;
}

/** Alerts that fired in the deck so far, and hollow those that live had; a click goes there. */
export function AlertLayer({ deckId, live, stretch, onSeek }: AlertLayerProps) {
  const alerts = useAlerts((state) => state.deckAlerts[deckId] ?? NO_ALERTS);
  const own = useMemo(
    () =>
      alerts.map(({ marketTime, firedTime, ruleName, severity }) => ({
        ...{ time: marketTime ?? firedTime, ruleName, severity },
      })),
    [alerts],
  );
  return (
    <>
      <AlertMarks origin="live" alerts={live} stretch={stretch} onSeek={onSeek} />
      <AlertMarks origin="deck" alerts={own} stretch={stretch} onSeek={onSeek} />
    </>
  );
}
interface AlertLayerProps {
  readonly deckId: string;
  readonly live: DeckTimeline['alerts'];
  readonly stretch: Stretch;
  readonly onSeek: (time: number) => void;
}

function AlertMarks({ origin, alerts, stretch, onSeek }: AlertMarksProps) {
  const { t } = useTranslation('replay');
  const marks = useMemo(() => alertMarks(alerts, stretch), [alerts, stretch]);
  return marks.map(({ time, severity, ruleNames }) => {
    const said = t(origin === 'live' ? 'timeline.liveAlert' : 'timeline.deckAlert', {
      rules: ruleNames.join(', '),
      time: formatFullDateTime(time),
    });
    return (
      <button
        key={time}
        type="button"
        // The list of alerts is where the keyboard finds them.
        tabIndex={-1}
        className={cx('alert', origin, severity)}
        title={said}
        aria-label={said}
        data-testid={`deck-alert-mark-${origin}`}
        style={{ left: `${placeIn(stretch, time)}%` }}
        onClick={() => onSeek(time)}
      />
    );
  });
}
interface AlertMarksProps {
  readonly origin: 'live' | 'deck';
  readonly alerts: readonly TimedAlert[];
  readonly stretch: Stretch;
  readonly onSeek: (time: number) => void;
}
