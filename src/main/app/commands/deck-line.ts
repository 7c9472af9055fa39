import type { DeckView } from '#contract/replay-requests.ts';
import { isoTime } from './iso-time.ts';

const PERCENT = 100;

/** A deck in one line, as a person reads it. */
export function deckLine(deck: DeckView): string {
  const { id, time, fromTime, toTime, speed, source, botIds, alertRuleCount, gaps } = deck;
  const names = deck.instruments.map(({ sourceId }) => sourceId).join(', ');
  const facts = [
    ...[id, standing(deck).padEnd(7), source.kind === 'file' ? `${source.name} (${names})` : names],
    `${isoTime(time)} (${percent((time - fromTime) / (toTime - fromTime))})`,
    `of ${isoTime(fromTime)} to ${isoTime(toTime)}`,
    speed === 'max' ? 'at max' : `at ${speed}×`,
    ...counted(botIds.length, 'bot'),
    ...counted(alertRuleCount, 'alert rule'),
    ...counted(gaps.length, 'gap'),
    ...(deck.error === null ? [] : [deck.error]),
  ];
  return facts.join('  ');
}

function standing({ state, opening, seek }: DeckView): string {
  const progress = opening?.progress ?? seek?.progress;
  return progress === undefined ? state : `${state} ${percent(progress)}`;
}

/** A deck that is being opened has no stretch yet. */
const percent = (share: number): string =>
  `${Number.isFinite(share) ? Math.floor(share * PERCENT) : 0} %`;

const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
