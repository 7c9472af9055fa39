import { useTranslation } from 'react-i18next';
import type { FeedStatus } from '#contract/model.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { useUnreachable } from '../../app/use-unreachable.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { clockText, feedLine, stateText } from '../../stores/feed-line.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatTime } from '../../ui/format.ts';
import { useCommand } from '../../ui/use-command.ts';
import { removeFeed } from './feed-removal.ts';
import styles from './feed-row.module.css';

const cx = bindClassNames(styles);

type StateKind = FeedStatus['state']['kind'];

const TONES: Readonly<Record<StateKind, BadgeTone>> = {
  live: 'up',
  closed: 'neutral',
  ended: 'neutral',
  connecting: 'warning',
  stale: 'warning',
  disconnected: 'warning',
  failed: 'down',
};

export interface FeedRowProps {
  readonly feed: FeedStatus;
  readonly now: number;
}

/** One feed: its name, its line of truth, its instruments, and what the parser refused of it. */
export function FeedRow({ feed, now }: FeedRowProps) {
  const { t } = useTranslation('feeds');
  const { exchange, spec, state, instruments } = feed;
  return (
    <li className={cx('feed')} data-testid={`feed-${feed.id}`} data-state={state.kind}>
      <div className={cx('head')}>
        <strong className={cx('name')}>{exchange}</strong>
        <span className={cx('spec')} title={spec}>
          {spec}
        </span>
        <FeedActions feed={feed} />
      </div>
      <p
        className={cx('line', TONES[state.kind] === 'up' && 'live')}
        title={feed.lagMs === null ? undefined : clockText(feed)}
        data-testid={`feed-line-${feed.id}`}
      >
        {feedLine(feed, now)}
      </p>
      <ul className={cx('instruments')} aria-label={t('instrumentsOf', { spec })}>
        {instruments.map((instrument) => (
          <li key={instrument.id}>
            <Badge
              tone={TONES[instrument.state.kind]}
              title={
                instrument.lastEventTime === null
                  ? t('notHeard')
                  : t('lastHeard', { time: formatTime(instrument.lastEventTime, now) })
              }
            >
              {symbolOf(instrument.id)}{' '}
              {instrument.state.kind === state.kind
                ? t(`states.${instrument.state.kind}`)
                : stateText(instrument.state, now)}
            </Badge>
          </li>
        ))}
      </ul>
      <Rejections feed={feed} />
    </li>
  );
}

function FeedActions({ feed: { id, spec } }: Pick<FeedRowProps, 'feed'>) {
  const { t } = useTranslation('feeds');
  const client = useHubClient();
  const { notices } = useStores();
  const unreachable = useUnreachable();
  const { isBusy, error, run } = useCommand();
  const restart = () => run(() => client.request('feeds.restart', { feedId: id }));
  const remove = () => run(() => removeFeed({ client, notices }, { id, spec }));
  return (
    <span className={cx('actions')}>
      {error !== null && (
        <span className={cx('error')} role="alert" title={error}>
          {error}
        </span>
      )}
      <Button
        variant="quiet"
        disabled={isBusy || unreachable !== null}
        title={unreachable ?? undefined}
        aria-label={t('restartFeed', { spec })}
        testId={`feed-restart-${id}`}
        onClick={() => void restart()}
      >
        {t('restart')}
      </Button>
      <Button
        variant="quiet"
        disabled={isBusy || unreachable !== null}
        title={unreachable ?? undefined}
        aria-label={t('removeFeed', { spec })}
        testId={`feed-remove-${id}`}
        onClick={() => void remove()}
      >
        {t('remove')}
      </Button>
    </span>
  );
}

/** The first of them, each with its place in a recording. */
function Rejections({ feed: { rejected, rejectedSamples } }: { readonly feed: FeedStatus }) {
  const { t } = useTranslation('feeds');
  const words = useHubWords();
  if (rejected === 0) return null;
  const others = rejected - rejectedSamples.length;
  return (
    <details className={cx('rejections')}>
      <summary>{t('rejected', { count: rejected })}</summary>
      <ol>
        {rejectedSamples.map(({ line, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples are only ever added to
          <li key={index}>
            {line === null ? words(reason) : t('rejectedAt', { line, reason: words(reason) })}
          </li>
        ))}
      </ol>
      {others > 0 && <p>{t('moreRejected', { count: others })}</p>}
    </details>
  );
}
