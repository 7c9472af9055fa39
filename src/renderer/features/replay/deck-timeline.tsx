import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeckView } from '#contract/replay-requests.ts';
import type { Fill } from '#domain/fill.ts';
import { useBots } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClock, formatFullDateTime } from '../../ui/format.ts';
import styles from './deck-bar.module.css';

const cx = bindClassNames(styles);

const SECOND_MS = 1_000;

interface DeckTimelineProps {
  readonly deck: DeckView;
  readonly onSeek: (time: number) => void;
}

/** Where in its stretch the deck is, with gaps and fills; dragging seeks when it is let go. */
export function DeckTimeline({ deck, onSeek }: DeckTimelineProps) {
  const { t } = useTranslation('replay');
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? deck.seek?.time ?? deck.time;
  const span = Math.max(1, deck.toTime - deck.fromTime);
  const place = (time: number) => Math.min(100, Math.max(0, ((time - deck.fromTime) / span) * 100));
  const commit = () => {
    if (dragged === null) return;
    onSeek(dragged);
    setDragged(null);
  };
  return (
    <div className={cx('timeline')}>
      <time className={cx('edge')}>{formatFullDateTime(deck.fromTime)}</time>
      <div className={cx('track')}>
        <span className={cx('played')} style={{ width: `${place(shown)}%` }} />
        {deck.gaps.map(({ instrumentId, fromTime, toTime, reason }) => (
          <span
            key={`${instrumentId} ${fromTime} ${reason}`}
            className={cx('gap')}
            data-testid="deck-gap"
            title={t('timeline.gap', {
              from: formatClock(fromTime),
              to: formatClock(toTime),
              reason,
            })}
            style={{
              left: `${place(fromTime)}%`,
              width: `${Math.max(0.2, place(toTime) - place(fromTime))}%`,
            }}
          />
        ))}
        <FillMarks deck={deck} place={place} />
        <input
          type="range"
          className={cx('slider')}
          aria-label={t('timeline.time')}
          aria-valuetext={formatFullDateTime(shown)}
          data-testid="deck-slider"
          min={deck.fromTime}
          max={deck.toTime}
          step={SECOND_MS}
          value={shown}
          onChange={({ target }) => setDragged(Number(target.value))}
          onPointerUp={commit}
          onKeyUp={commit}
          onBlur={commit}
        />
      </div>
      <time className={cx('edge')}>{formatFullDateTime(deck.toTime)}</time>
    </div>
  );
}

interface FillMarksProps {
  readonly deck: DeckView;
  readonly place: (time: number) => number;
}

function FillMarks({ deck, place }: FillMarksProps) {
  const bots = useBots((state) => state.bots);
  const fills = deck.botIds.flatMap((botId): readonly Fill[] => bots[botId]?.fills ?? []);
  return fills.map(({ id, side, eventTime }) => (
    <span
      key={id}
      className={cx('fill', side === 'buy' ? 'up' : 'down')}
      style={{ left: `${place(eventTime)}%` }}
    />
  ));
}
