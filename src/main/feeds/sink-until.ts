import type { FeedSink } from './feed.ts';

/** What a run that was stopped still has to say is not heard. */
export function sinkUntil(signal: AbortSignal, sink: FeedSink): FeedSink {
  const unlessStopped =
    <T extends unknown[]>(listener: (...all: T) => void) =>
    (...all: T) => {
      if (!signal.aborted) listener(...all);
    };
  return {
    onEvents: unlessStopped((events) => sink.onEvents(events)),
    onState: unlessStopped((state) => sink.onState(state)),
    onRejected: unlessStopped((rejection) => sink.onRejected(rejection)),
    onMarketHours: unlessStopped((id, hours) => sink.onMarketHours(id, hours)),
    onClockSample: unlessStopped((sample) => sink.onClockSample(sample)),
  };
}
