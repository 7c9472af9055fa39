import { resolve } from 'node:path';
import type { AlertRuleDraft } from '#contract/alert-model.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot, DeckView, ReplaySpeed } from '#contract/replay-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import { parseRange } from '#contract/time-range.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { readBots, readRules } from '../replay/replay-input.ts';
import { type DeckGoal, followDeck } from './deck-drive.ts';
import { deckLine } from './deck-line.ts';
import { askHub, connectToHub, type HubLine, type HubPlace } from './hub-request.ts';
import { whileInterruptible } from './interruption.ts';
import { displayOnceUnderWay } from './progress-display.ts';
import { answer, complain, tell } from './terminal.ts';

export interface DeckCommand extends HubPlace {
  readonly json: boolean;
}

export interface OpenDeckCommand extends DeckCommand {
  readonly instrument: readonly InstrumentId[];
  /** `FROM..TO`, of the tape. */
  readonly range?: string;
  /** A recording in place of the tape. */
  readonly file?: string;
  /** Files with a bot each. */
  readonly bot: readonly string[];
  /** Files with alert rules. */
  readonly alert: readonly string[];
  readonly liveAlerts: boolean;
  readonly notify: boolean;
  readonly speed: ReplaySpeed;
}

type Telling = (hub: HubLine) => Promise<Result<DeckView>>;

/** Each of these tells a deck of the running hub to do something, waits for that, and gives the exit code. */
export async function openDeck(command: OpenDeckCommand): Promise<number> {
  const request = openingOf(command);
  if (!request.ok) return complain(request.error.message);
  return drive(command, (hub) => hub.ask('replay.open', request.value));
}

export const playDeck = (
  deckId: string,
  command: DeckCommand & { readonly wait: boolean },
): Promise<number> =>
  drive(command, (hub) => hub.ask('replay.play', { deckId }), command.wait ? 'end' : 'there');

export const pauseDeck = (deckId: string, command: DeckCommand): Promise<number> =>
  drive(command, (hub) => hub.ask('replay.pause', { deckId }));

export function stepDeck(
  deckId: string,
  command: DeckCommand & { readonly by: 'trade' | 'candle'; readonly interval: CandleInterval },
): Promise<number> {
  const { by, interval } = command;
  return drive(command, (hub) => hub.ask('replay.step', { deckId, by, interval }));
}

export const seekTime = (deckId: string, time: EpochMs, command: DeckCommand): Promise<number> =>
  drive(command, (hub) => hub.ask('replay.seek', { deckId, time }));

export const seekFill = (
  deckId: string,
  fill: 'next' | 'previous',
  command: DeckCommand,
): Promise<number> => drive(command, (hub) => hub.ask('replay.seek', { deckId, fill }));

export const setSpeed = (
  deckId: string,
  speed: ReplaySpeed,
  command: DeckCommand,
): Promise<number> => drive(command, (hub) => hub.ask('replay.setSpeed', { deckId, speed }));

/** A line for each deck that is open. */
export async function listDecks(command: DeckCommand): Promise<number> {
  const listed = await askHub(command, 'replay.list', {});
  if (!listed.ok) return complain(listed.error.message);
  const { decks } = listed.value;
  if (command.json) answer(JSON.stringify(decks));
  else for (const deck of decks) answer(deckLine(deck));
  if (decks.length === 0) tell('No deck is open.');
  return 0;
}

export async function closeDeck(deckId: string, command: DeckCommand): Promise<number> {
  const closed = await askHub(command, 'replay.close', { deckId });
  if (!closed.ok) return complain(closed.error.message);
  if (command.json) answer(JSON.stringify(closed.value));
  else tell(`The deck ${deckId} is closed.`);
  return 0;
}

/** What a deck is opened with: of the tape, the instruments of its bots where none is named. */
function openingOf(command: OpenDeckCommand): Result<RequestInput<'replay.open'>> {
  const { file, range: text, notify, speed } = command;
  const bots = readBots(command.bot);
  if (!bots.ok) return bots;
  const alerts = alertsOf(command);
  if (!alerts.ok) return alerts;
  const staged = { bots: bots.value, alerts: alerts.value, notify, speed };
  if (file !== undefined) {
    if (text === undefined) return succeed({ file: resolve(file), ...staged });
    return fail('invalid_payload', 'A recording is played as a whole: leave --range out.');
  }
  const range = parseRange(text);
  if (!range.ok) return range;
  const instruments = instrumentsOf(command, bots.value);
  if (instruments.length > 0) return succeed({ instruments, ...range.value, ...staged });
  return fail('invalid_payload', 'Say what to play: --instrument, --file, or a --bot on one.');
}

function alertsOf({ alert, liveAlerts }: OpenDeckCommand): Result<'live' | AlertRuleDraft[]> {
  if (!liveAlerts) return readRules(alert);
  if (alert.length === 0) return succeed('live');
  return fail('invalid_payload', 'Say one of --alert and --live-alerts.');
}

const instrumentsOf = (
  { instrument }: OpenDeckCommand,
  bots: readonly DeckBot[],
): InstrumentId[] => [
  ...new Set(instrument.length > 0 ? instrument : bots.map(({ instrumentId }) => instrumentId)),
];

function drive(command: DeckCommand, say: Telling, goal: DeckGoal = 'there'): Promise<number> {
  return whileInterruptible(async (signal) => {
    const hub = await connectToHub(command);
    if (!hub.ok) return complain(hub.error.message);
    const display = displayOnceUnderWay('deck');
    const deck = await followDeck(hub.value, await say(hub.value), {
      ...{ goal, signal, clock: systemClock },
      onWay: (view) => display.update(progressOf(view), view.tradesPlayed),
    });
    display.stop();
    hub.value.close();
    if (!deck.ok) return complain(deck.error.message);
    if (deck.value === null) return null;
    answer(command.json ? JSON.stringify(deck.value) : deckLine(deck.value));
    return 0;
  });
}

const progressOf = ({ opening, seek, time, fromTime, toTime }: DeckView): number | null =>
  opening?.progress ?? seek?.progress ?? (time - fromTime) / (toTime - fromTime);
