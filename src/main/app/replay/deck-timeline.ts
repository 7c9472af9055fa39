import { type Result, succeed } from '#contract/errors.ts';
import type { DeckTimeline } from '#contract/replay-requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { ReplaySource, TimeRange, TradedVolume } from '#main/replay/replay-source.ts';
import type { Ledger } from '#main/storage/ledger.ts';

/** As many as a timeline on a wide screen has room for. */
const PARTS = 240;
/** Shorter parts tell nothing. */
const SHORTEST_PART_MS = 1_000;
const MOST_MARKS = 1_000;

/** What a source's stretch holds at a glance, with what live had to tell of it. */
export function deckTimeline(
  source: ReplaySource,
  ledger: Pick<Ledger, 'fills' | 'alerts'>,
  bots: Caller['bots'],
): Result<DeckTimeline> {
  const { fromTime, toTime } = source;
  const volumes = volumesOf(source);
  if (!volumes.ok) return volumes;
  const query = {
    instrumentIds: source.instruments.map(({ id }) => id),
    span: { fromTime, toTime },
    limit: MOST_MARKS,
  };
  const fills = ledger.fills.list({ ...query, bots });
  if (!fills.ok) return fills;
  // Alerts are about any bot: whoever reaches only some bots is not told of them (rule H2).
  const alerts = bots === 'all' ? ledger.alerts.list(query) : succeed({ items: [] });
  if (!alerts.ok) return alerts;
  return succeed({
    volumes: volumes.value,
    alerts: alerts.value.items
      .filter(({ isTest }) => !isTest)
      .map(({ marketTime, firedTime, ruleName, severity }) => ({
        ...{ time: marketTime ?? firedTime, ruleName, severity },
      })),
    fills: fills.value.items.map(({ id, eventTime: time, side }) => ({ id, time, side })),
  });
}

function volumesOf(source: ReplaySource): Result<number[]> {
  const { fromTime, toTime, instruments } = source;
  const count = Math.max(1, Math.min(PARTS, Math.floor((toTime - fromTime) / SHORTEST_PART_MS)));
  const sum = new Array<number>(count).fill(0);
  let known = 0;
  for (const { id } of instruments) {
    const traded = source.volumes(id, (toTime - fromTime) / count);
    if (!traded.ok) return traded;
    const shares = sharesOf(traded.value, source, count);
    if (shares === null) continue;
    known += 1;
    for (const [part, share] of shares.entries()) sum[part] = (sum[part] ?? 0) + share;
  }
  return succeed(known === 0 ? [] : sum.map((share) => share / known));
}

/** Of each part, its share of all that was traded; null where nothing was. */
function sharesOf(
  traded: readonly TradedVolume[],
  { fromTime, toTime }: TimeRange,
  count: number,
): readonly number[] | null {
  const parts = new Array<number>(count).fill(0);
  let total = 0;
  for (const { time, volume } of traded) {
    const part = Math.floor(((time - fromTime) / (toTime - fromTime)) * count);
    const within = Math.min(count - 1, Math.max(0, part));
    parts[within] = (parts[within] ?? 0) + volume;
    total += volume;
  }
  return total === 0 ? null : parts.map((volume) => volume / total);
}
