import { type Command, Option } from 'commander';
import { CANDLE_INTERVALS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { append, appendInstrument, parseMoment, parseSpeed } from './argument-values.ts';

const NO_FILES: readonly string[] = [];
const NO_INSTRUMENTS: readonly InstrumentId[] = [];

/** The replay decks of a running hub. `withHub` adds the options that say where it runs. */
export function addDeckCommands(deck: Command, withHub: (command: Command) => Command): void {
  const onHub = (command: Command): Command =>
    withHub(command).option('--json', 'the deck as a line of JSON', false);
  const onDeck = (name: string): Command => onHub(deck.command(`${name} <deck>`));
  deck
    .description('play the past on a running hub, seen on its screen as well')
    .addHelpText(
      'after',
      '\nA command is done when the deck is where it was sent to. Ctrl-C leaves it where it has come to.',
    );
  addOpening(deck, onHub);
  onHub(deck.command('list'))
    .description('list the decks that are open')
    .action(async (options) => {
      const { listDecks } = await import('./deck-command.ts');
      process.exitCode = await listDecks(options);
    });
  onDeck('play')
    .description('play it on; one that ended begins anew')
    .option('--wait', 'until it is played to its end', false)
    .action(async (deckId: string, options) => {
      const { playDeck } = await import('./deck-command.ts');
      process.exitCode = await playDeck(deckId, options);
    });
  addSteps(onDeck);
  onDeck('close')
    .description('close it, with its bots and what they did')
    .action(async (deckId: string, options) => {
      const { closeDeck } = await import('./deck-command.ts');
      process.exitCode = await closeDeck(deckId, options);
    });
}

function addOpening(deck: Command, onHub: (command: Command) => Command): void {
  onHub(deck.command('open'))
    .description('open a stretch of the tape, or a recording, paused at its start')
    .option('--instrument <id>', 'of the tape; may be repeated', appendInstrument, NO_INSTRUMENTS)
    .option('--range <from..to>', 'ISO 8601 or epoch milliseconds; all there is without')
    .option('--file <recording>', 'a recording of raw Binance streams in place of the tape')
    .option('--bot <file>', 'JSON of a bot; may be repeated', append, NO_FILES)
    .option('--alert <file>', 'JSON of alert rules; may be repeated', append, NO_FILES)
    .option('--live-alerts', 'copies of the live alert rules', false)
    .option('--notify', 'of fills and alerts in it, marked as of a replay', false)
    .option('--speed <speed>', '0.1 to 1000 times the pace of the market, or max', parseSpeed, 1)
    .action(async (options) => {
      const { openDeck } = await import('./deck-command.ts');
      process.exitCode = await openDeck(options);
    });
}

function addSteps(onDeck: (name: string) => Command): void {
  onDeck('pause')
    .description('stop where it is; a seek is given up')
    .action(async (deckId: string, options) => {
      const { pauseDeck } = await import('./deck-command.ts');
      process.exitCode = await pauseDeck(deckId, options);
    });
  onDeck('step')
    .description('play one trade, or to the end of the next candle that has any')
    .addOption(new Option('--by <what>').choices(['trade', 'candle']).default('trade'))
    .addOption(
      new Option('--interval <interval>', 'of the candle').choices(CANDLE_INTERVALS).default('1m'),
    )
    .action(async (deckId: string, options) => {
      const { stepDeck } = await import('./deck-command.ts');
      process.exitCode = await stepDeck(deckId, options);
    });
  onDeck('seek')
    .argument('<time>', 'such as 2025-01-31T12:00Z', parseMoment)
    .description('go to a time')
    .action(async (deckId: string, time, options) => {
      const { seekTime } = await import('./deck-command.ts');
      process.exitCode = await seekTime(deckId, time, options);
    });
  for (const fill of ['next', 'previous'] as const) {
    onDeck(`${fill}-fill`)
      .description(`go to the ${fill} fill, of its bots or of the live ones`)
      .action(async (deckId: string, options) => {
        const { seekFill } = await import('./deck-command.ts');
        process.exitCode = await seekFill(deckId, fill, options);
      });
  }
  onDeck('speed')
    .argument('<speed>', '0.1 to 1000 times the pace of the market, or max', parseSpeed)
    .description('change its pace')
    .action(async (deckId: string, speed, options) => {
      const { setSpeed } = await import('./deck-command.ts');
      process.exitCode = await setSpeed(deckId, speed, options);
    });
}
