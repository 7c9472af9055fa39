import { useTranslation } from 'react-i18next';
import type { DeckView } from '#contract/replay-requests.ts';
import { useShortcutText } from '../../app/app-context.ts';
import { hubWords } from '../../i18n/hub-words.ts';
import { translator } from '../../i18n/i18n.ts';
import { DEFAULT_LINK, type Link } from '../../stores/links.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClockMs, formatDate } from '../../ui/format.ts';
import { linkName } from '../../workspace/link-name.ts';
import { LinkSign } from '../../workspace/link-sign.tsx';
import styles from './deck-bar.module.css';
import { type DeckKeyName, deckCommandId, SPEEDS } from './deck-keys.ts';
import { DeckTimeline } from './deck-timeline.tsx';
import { tradesText } from './trades-text.ts';
import { type DeckDrive, useDeckDrive } from './use-deck-drive.ts';

const cx = bindClassNames(styles);

export interface DeckBarProps {
  readonly deck: DeckView;
  /** The links of the panels that show it. */
  readonly links: readonly Link[];
  /** Its keys work wherever one is on the screen. */
  readonly hasKeys: boolean;
}

/** The transport of a deck that one looks at, and where one does. */
export function DeckBar({ deck, links, hasKeys }: DeckBarProps) {
  const { t } = useTranslation('replay');
  const drive = useDeckDrive(deck);
  return (
    <>
      {links.includes(DEFAULT_LINK) && <span className={cx('frame')} aria-hidden="true" />}
      <section
        className={cx('bar')}
        aria-label={t('bar.label', { deck: deck.id })}
        data-testid="deck-bar"
        data-deck={deck.id}
        data-keys={hasKeys}
        data-state={deck.state}
        data-time={deck.time}
      >
        <strong
          className={cx('name', hasKeys && 'keyed')}
          title={t(hasKeys ? 'bar.keys' : 'bar.noKeys')}
        >
          {t('bar.name', { deck: deck.id })}
        </strong>
        <span
          className={cx('links')}
          title={t('bar.shownIn', { links: links.map(linkName).join(', ') })}
        >
          {links.map((link) => (
            <LinkSign key={link} link={link} />
          ))}
        </span>
        <Transport deck={deck} drive={drive} />
        <DeckClock deck={deck} />
        <DeckTimeline deck={deck} onSeek={drive.seek} />
        <span
          className={cx('say')}
          role="status"
          title={deck.slowSeek === null ? undefined : hubWords(deck.slowSeek)}
          data-testid="deck-say"
        >
          {drive.error ?? wordsOf(deck)}
        </span>
        <Button variant="quiet" testId="deck-close" onClick={drive.close}>
          {t('bar.close')}
        </Button>
      </section>
    </>
  );
}

/** As the user has set it. */
const useDeckKey = (name: DeckKeyName): string | undefined => useShortcutText(deckCommandId(name));

function Transport({ deck, drive }: { readonly deck: DeckView; readonly drive: DeckDrive }) {
  const { t } = useTranslation('replay');
  const keys = {
    previousFill: useDeckKey('previousFill'),
    toggle: useDeckKey('toggle'),
    nextTrade: useDeckKey('nextTrade'),
    nextCandle: useDeckKey('nextCandle'),
    nextFill: useDeckKey('nextFill'),
  };
  const named = (action: string, name: keyof typeof keys) => ({
    'aria-label': action,
    title: keys[name] === undefined ? action : t('bar.withKey', { action, key: keys[name] }),
  });
  const [slower, faster] = [useDeckKey('slower'), useDeckKey('faster')];
  const hasSpeedKeys = slower !== undefined && faster !== undefined;
  const speedKeys = hasSpeedKeys ? t('bar.speedKeys', { slower, faster }) : t('bar.speed');
  const isMoving = deck.state === 'playing' || deck.state === 'seeking';
  const { act } = drive;
  return (
    <span className={cx('transport')}>
      <Button
        {...named(t('bar.previousFill'), 'previousFill')}
        testId="deck-previous-fill"
        onClick={() => act({ kind: 'fill', to: 'previous' })}
      >
        ◀▪
      </Button>
      <Button
        variant="accent"
        {...named(t(isMoving ? 'bar.pause' : 'bar.play'), 'toggle')}
        testId="deck-play"
        onClick={() => act({ kind: 'toggle' })}
      >
        {isMoving ? '❚❚' : '▶'}
      </Button>
      <Button
        {...named(t('bar.nextTrade'), 'nextTrade')}
        testId="deck-step-trade"
        onClick={() => act({ kind: 'stepTrade' })}
      >
        ▶❘
      </Button>
      <Button
        {...named(t('bar.nextCandle'), 'nextCandle')}
        testId="deck-step-candle"
        onClick={() => act({ kind: 'stepCandle' })}
      >
        ▶▮
      </Button>
      <Button
        {...named(t('bar.nextFill'), 'nextFill')}
        testId="deck-next-fill"
        onClick={() => act({ kind: 'fill', to: 'next' })}
      >
        ▪▶
      </Button>
      <select
        className={cx('speed')}
        aria-label={t('bar.speed')}
        title={speedKeys}
        data-testid="deck-speed"
        value={String(deck.speed)}
        onChange={({ target }) =>
          drive.setSpeed(target.value === 'max' ? 'max' : Number(target.value))
        }
      >
        {speedsWith(deck.speed).map((speed) => (
          <option key={speed} value={speed}>
            {speed === 'max' ? t('bar.maxSpeed') : `${speed}×`}
          </option>
        ))}
      </select>
    </span>
  );
}

function DeckClock({ deck }: { readonly deck: DeckView }) {
  const date = formatDate(deck.time);
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
  const t = translator('replay');
  if (deck.error !== null) return hubWords(deck.error);
  if (deck.seek !== null) {
    const words = deck.seek.isShown ? 'bar.catchingUp' : 'bar.seeking';
    return t(words, { percent: Math.round(deck.seek.progress * 100) });
  }
  const [gap] = deck.openGaps;
  if (gap !== undefined) return t(`bar.gap.${gap.backfilled}`, { reason: hubWords(gap.reason) });
  if (deck.state === 'ended') return t('bar.ended');
  return tradesText(deck.tradesPlayed);
}
