import type { TimerClock } from '#domain/clock.ts';
import { DemoFeed } from './demo/demo-feed.ts';
import type { Feed } from './feed.ts';
import type { FeedSpec } from './feed-spec.ts';
import { ReplayFeed } from './replay/replay-feed.ts';

/** The feed that a spec asks for. Opens nothing yet. */
export function createFeed(spec: FeedSpec, { clock }: { clock: TimerClock }): Feed {
  switch (spec.kind) {
    case 'demo':
      return new DemoFeed(spec.seed, clock);
    case 'replay':
      return new ReplayFeed(spec.file, spec.speed, clock);
  }
}
