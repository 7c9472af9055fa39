import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeckView } from '#contract/replay-requests.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatFullDateTime } from '../../ui/format.ts';
import styles from './deck-bar.module.css';
import { AlertLayer, FillLayer, GapLayer, placeIn, VolumeLayer } from './timeline-layers.tsx';
import { useTimeline } from './use-timeline.ts';

const cx = bindClassNames(styles);

const SECOND_MS = 1_000;

interface DeckTimelineProps {
  readonly deck: DeckView;
  readonly onSeek: (time: number) => void;
}

/** Where in its stretch the deck is, with volume, gaps, fills and alerts; dragging seeks when it is let go. */
export function DeckTimeline({ deck, onSeek }: DeckTimelineProps) {
  const { t } = useTranslation('replay');
  const { fromTime, toTime } = deck;
  const stretch = useMemo(() => ({ fromTime, toTime }), [fromTime, toTime]);
  const timeline = useTimeline(deck);
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? deck.seek?.time ?? deck.time;
  const commit = () => {
    if (dragged === null) return;
    onSeek(dragged);
    setDragged(null);
  };
  return (
    <div className={cx('timeline')}>
      <time className={cx('edge')}>{formatFullDateTime(fromTime)}</time>
      <div className={cx('track')}>
        <VolumeLayer volumes={timeline.volumes} />
        <span className={cx('played')} style={{ width: `${placeIn(stretch, shown)}%` }} />
        <GapLayer gaps={deck.gaps} stretch={stretch} />
        <FillLayer botIds={deck.botIds} live={timeline.fills} stretch={stretch} />
        <input
          type="range"
          className={cx('slider')}
          aria-label={t('timeline.time')}
          aria-valuetext={formatFullDateTime(shown)}
          data-testid="deck-slider"
          min={fromTime}
          max={toTime}
          step={SECOND_MS}
          value={shown}
          onChange={({ target }) => setDragged(Number(target.value))}
          onPointerUp={commit}
          onKeyUp={commit}
          onBlur={commit}
        />
        <AlertLayer deckId={deck.id} live={timeline.alerts} stretch={stretch} onSeek={onSeek} />
      </div>
      <time className={cx('edge')}>{formatFullDateTime(toTime)}</time>
    </div>
  );
}
