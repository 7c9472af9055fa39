import { useEffect, useRef } from 'react';
import type { DeckView } from '#contract/replay-requests.ts';
import { useDeck } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { counted, formatClockMs, formatFullDateTime } from '../../ui/format.ts';
import styles from './deck-bar.module.css';
import { actOfKey, KEYS_TOLD, SPEEDS } from './deck-keys.ts';
import { DeckTimeline } from './deck-timeline.tsx';
import { type DeckDrive, useDeckDrive } from './use-deck-drive.ts';

const cx = bindClassNames(styles);

/** The transport of the deck that one looks at, and a frame that nobody takes for live. */
export function DeckBar() {
  const deck = useDeck();
  if (deck === undefined) return null;
  return <OpenDeckBar key={deck.id} deck={deck} />;
}

interface OpenDeckBarProps {
  readonly deck: DeckView;
}

function OpenDeckBar({ deck }: OpenDeckBarProps) {
  const drive = useDeckDrive(deck);
  useDeckKeys(drive);
  return (
    <>
      <span className={cx('frame')} aria-hidden="true" />
      <section
        className={cx('bar')}
        aria-label={`Replay deck ${deck.id}`}
        data-testid="deck-bar"
        data-state={deck.state}
        data-time={deck.time}
      >
        <strong className={cx('name')} title={KEYS_TOLD}>
          REPLAY {deck.id}
        </strong>
        <Transport deck={deck} drive={drive} />
        <DeckClock deck={deck} />
        <DeckTimeline deck={deck} onSeek={drive.seek} />
        <span className={cx('say')} role="status" data-testid="deck-say">
          {drive.error ?? wordsOf(deck)}
        </span>
        <Button variant="quiet" testId="deck-close" onClick={drive.close}>
          Close
        </Button>
      </section>
    </>
  );
}

function Transport({ deck, drive }: { readonly deck: DeckView; readonly drive: DeckDrive }) {
  const isMoving = deck.state === 'playing' || deck.state === 'seeking';
  const { act } = drive;
  return (
    <span className={cx('transport')}>
      <Button
        aria-label="Fill before"
        title="Fill before (,)"
        testId="deck-previous-fill"
        onClick={() => act({ kind: 'fill', to: 'previous' })}
      >
        ◀▪
      </Button>
      <Button
        variant="accent"
        aria-label={isMoving ? 'Pause' : 'Play'}
        title={isMoving ? 'Pause (Space)' : 'Play (Space)'}
        testId="deck-play"
        onClick={() => act({ kind: 'toggle' })}
      >
        {isMoving ? '❚❚' : '▶'}
      </Button>
      <Button
        aria-label="Next trade"
        title="Next trade (.)"
        testId="deck-step-trade"
        onClick={() => act({ kind: 'stepTrade' })}
      >
        ▶❘
      </Button>
      <Button
        aria-label="Next candle"
        title="Next candle (>)"
        testId="deck-step-candle"
        onClick={() => act({ kind: 'stepCandle' })}
      >
        ▶▮
      </Button>
      <Button
        aria-label="Fill after"
        title="Fill after (/)"
        testId="deck-next-fill"
        onClick={() => act({ kind: 'fill', to: 'next' })}
      >
        ▪▶
      </Button>
      <select
        className={cx('speed')}
        aria-label="Speed"
        data-testid="deck-speed"
        value={String(deck.speed)}
        onChange={({ target }) =>
          drive.setSpeed(target.value === 'max' ? 'max' : Number(target.value))
        }
      >
        {speedsWith(deck.speed).map((speed) => (
          <option key={speed} value={speed}>
            {speed === 'max' ? 'max' : `${speed}×`}
          </option>
        ))}
      </select>
    </span>
  );
}

function DeckClock({ deck }: OpenDeckBarProps) {
  const date = formatFullDateTime(deck.time).slice(0, 10);
  return (
    <time className={cx('clock')} data-testid="deck-time">
      {date} {formatClockMs(deck.time)}
    </time>
  );
}

/** A speed that another program set is shown as it is. */
const speedsWith = (speed: DeckView['speed']): readonly DeckView['speed'][] =>
  SPEEDS.some((one) => one === speed) ? SPEEDS : [speed, ...SPEEDS];

function wordsOf(deck: DeckView): string {
  if (deck.error !== null) return deck.error;
  if (deck.seek !== null) return `Seeking, ${Math.round(deck.seek.progress * 100)} %`;
  if (deck.openGaps.length > 0) return `Gap: ${deck.openGaps[0]?.reason ?? ''}`;
  if (deck.state === 'ended') return 'Played to its end';
  return counted(deck.tradesPlayed, 'trade');
}

function useDeckKeys({ act }: DeckDrive): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = actOfKey(event);
      if (asked === undefined) return;
      event.preventDefault();
      latest.current(asked);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
