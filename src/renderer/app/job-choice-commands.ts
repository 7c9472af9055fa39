import type { BacktestView } from '#contract/backtest-requests.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { HubClient } from '../client/hub-client.ts';
import { type Choice, confirming } from '../commands/choice.ts';
import type { Command, CommandGroup } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import { isUnfinished } from '../stores/backtest-store.ts';
import type { Stores } from '../stores/stores.ts';
import { canGoOn, isUnderWay } from '../stores/tape-job-store.ts';
import { formatFullDateTime } from '../ui/format.ts';
import type { BacktestCommands } from './backtest-commands.ts';
import { type HubChoiceParts, hubChoice } from './hub-choice.ts';
import { sayRefusal } from './say-refusal.ts';

export interface JobChoiceParts extends HubChoiceParts {
  readonly client: Pick<HubClient, 'request'>;
  readonly backtests: Pick<BacktestCommands, 'cancel' | 'remove'>;
  readonly stores: Pick<Stores, 'backtests' | 'connection' | 'notices' | 'tapeJobs'>;
}

const t = translator('command-palette');
const ofFiles = translator('tape-files');
const ofBacktests = translator('backtest');

type Name = 'cancelJob' | 'resumeJob' | 'cancelBacktest' | 'removeBacktest';

/** What takes a while, and has a button in its row: files of the tape, and backtests. */
export function jobChoiceCommands(parts: JobChoiceParts): readonly Command[] {
  const command = (id: string, group: CommandGroup, name: Name, choices: () => readonly Choice[]) =>
    hubChoice(parts, {
      ...{ id, group, title: () => t(`commands.${name}`) },
      page: { question: () => t(`choice.${name}`), choices },
    });
  const ofJobs = (request: 'tape.cancelJob' | 'tape.resumeJob') => () => jobChoices(parts, request);
  return [
    command('tapeFiles.cancel', 'monitor', 'cancelJob', ofJobs('tape.cancelJob')),
    command('tapeFiles.resume', 'monitor', 'resumeJob', ofJobs('tape.resumeJob')),
    command('backtest.cancel', 'trading', 'cancelBacktest', () => unfinishedChoices(parts)),
    command('backtest.remove', 'trading', 'removeBacktest', () => removalChoices(parts)),
  ];
}

function jobChoices(
  { client, stores }: JobChoiceParts,
  request: 'tape.cancelJob' | 'tape.resumeJob',
): readonly Choice[] {
  const isMeant = request === 'tape.cancelJob' ? isUnderWay : canGoOn;
  return stores.tapeJobs
    .getState()
    .jobs.filter(isMeant)
    .map((job) => ({
      ...{ id: job.id, title: titleOfJob(job) },
      leadsTo: () => void sayRefusal(stores, client.request(request, { jobId: job.id })),
    }));
}

const titleOfJob = ({ kind, file, state }: TapeJob): string =>
  `${ofFiles(`jobOf.${kind}`, { file })} · ${ofFiles(`states.${state}`)}`;

const unfinishedChoices = ({ backtests, stores }: JobChoiceParts): readonly Choice[] =>
  (stores.backtests.getState().backtests ?? []).filter(isUnfinished).map((backtest) => ({
    ...{ id: backtest.id, title: titleOfBacktest(backtest), keywords: backtest.bot.instrumentId },
    leadsTo: () => void sayRefusal(stores, backtests.cancel(backtest.id)),
  }));

/** Confirmed, as in the panel: what came of it goes with it. */
function removalChoices({ backtests, stores }: JobChoiceParts): readonly Choice[] {
  const all = stores.backtests.getState().backtests ?? [];
  return all
    .filter((one) => !isUnfinished(one))
    .map((one) => {
      const backtest = titleOfBacktest(one);
      return {
        ...{ id: one.id, title: backtest, keywords: one.bot.instrumentId },
        leadsTo: confirming(
          t('choice.removeBacktestReally.question', { backtest }),
          {
            keep: t('choice.keep'),
            confirm: t('choice.removeBacktestReally.confirm', { backtest }),
          },
          () => void sayRefusal(stores, backtests.remove(one.id)),
        ),
      };
    });
}

/** Several of the same bot are told apart by when they were asked for. */
const titleOfBacktest = ({ bot, state, createdTime }: BacktestView): string =>
  [
    bot.name,
    symbolOf(bot.instrumentId),
    ofBacktests(`states.${state}`),
    formatFullDateTime(createdTime),
  ].join(' · ');
