import { type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { type FeedSpec, parseFeedSpec } from '#main/feeds/feed-spec.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { FeedRepository } from '#main/storage/feed-repository.ts';

export interface KeptFeedsRooms {
  readonly feeds: Pick<FeedSupervisor, 'add' | 'change' | 'keep' | 'remove' | 'statuses'>;
  readonly stored: FeedRepository;
  readonly now: () => EpochMs;
}

/** What a first start needs nothing for. */
const DEFAULT_FEED = 'demo';
/** A start waits so long to be able to say what is wrong with a feed that was asked for. */
const ASKED_PATIENCE_MS = 3_000;
/** The kept ones come when they do. */
const KEPT_PATIENCE_MS = 500;

/** What a user adds is there after a restart, until he removes it. */
export async function addFeed(
  { feeds, stored, now }: KeptFeedsRooms,
  spec: string,
): Promise<Result<FeedStatus>> {
  const added = await feeds.add(spec);
  if (added.ok) stored.add(added.value.spec, now());
  return added;
}

export async function changeFeed(
  { feeds, stored, now }: KeptFeedsRooms,
  feedId: string,
  spec: string,
): Promise<Result<FeedStatus>> {
  const former = feeds.statuses().find(({ id }) => id === feedId)?.spec;
  const changed = await feeds.change(feedId, spec);
  if (!changed.ok) return changed;
  if (former !== undefined) stored.remove(former);
  stored.add(changed.value.spec, now());
  return changed;
}

export async function removeFeed(
  { feeds, stored }: Omit<KeptFeedsRooms, 'now'>,
  feedId: string,
): Promise<Result<{ feedId: string }>> {
  const spec = feeds.statuses().find(({ id }) => id === feedId)?.spec;
  const removed = await feeds.remove(feedId);
  if (!removed.ok) return removed;
  if (spec !== undefined) stored.remove(spec);
  return succeed({ feedId });
}

/**
 * Starts the feeds that were asked for in this run; else those that were kept; else the demo, which
 * is kept from then on. What was asked for and can never work is an error; what was kept and no
 * longer works is shown as failed, and goes on with what is left of it where that is something. Answers the specs.
 */
export async function startFeeds(
  { feeds, stored, clock }: Omit<KeptFeedsRooms, 'now'> & { readonly clock: TimerClock },
  asked: readonly string[],
): Promise<Result<readonly string[]>> {
  const kept = stored.list();
  const specs = asked.length > 0 ? asked : kept.length > 0 ? kept : [DEFAULT_FEED];
  if (asked.length === 0 && kept.length === 0) stored.add(DEFAULT_FEED, clock.now());
  const patienceMs = asked.length > 0 ? ASKED_PATIENCE_MS : KEPT_PATIENCE_MS;
  const tried = await Promise.all(
    specs.map((spec) => {
      const trying = feeds.keep(spec, asked.length > 0 ? 'all' : 'whatIsLeft');
      return isLocal(spec) ? trying : withinTime(trying, patienceMs, clock);
    }),
  );
  const failed = tried.find((one) => one?.ok === false);
  return failed?.ok === false && asked.length > 0 ? failed : succeed(specs);
}

const LOCAL: ReadonlySet<FeedSpec['kind']> = new Set(['demo', 'replay', 'replayTape']);

/** What needs no exchange is there from the first moment, its bot with it. */
function isLocal(specText: string): boolean {
  const spec = parseFeedSpec(specText);
  return spec.ok && LOCAL.has(spec.value.kind);
}

/** Null where it takes too long; it goes on all the same. */
function withinTime<T>(work: Promise<T>, patienceMs: number, clock: TimerClock): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimeout(() => resolve(null), patienceMs);
    work.then(resolve, reject).finally(cancel);
  });
}
