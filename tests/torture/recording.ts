import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { type KilledRun, runUntilKilled } from './killed-process.ts';
import { type TortureReport, tortured } from './rounds.ts';
import { integrityOf, readWholeTape } from './tape-soundness.ts';

const BTC = instrumentId('torture', 'BTC/USDT');
/** Rule T1. */
const MAY_BE_LOST_MS = 250;
/** Between two batches of the process. */
const PAUSE_MS = 3;
/** A tape is killed that often before a new one is begun: what grew once is read each time. */
const ROUNDS_A_TAPE = 20;

/** Kills a recording process at random moments; what it said it received has to be on the tape. */
export async function tortureRecording(options: {
  readonly rounds: number;
  readonly seed: number;
}): Promise<TortureReport> {
  let directory = temporaryDirectory();
  let trades = 0;
  let strictFaults = 0;
  const report = await tortured(options, async (round, killAfterMs) => {
    if (round > 0 && round % ROUNDS_A_TAPE === 0) {
      rmSync(directory.path, { recursive: true, force: true });
      directory = temporaryDirectory();
    }
    const path = join(directory.path, 'tape.db');
    const args = [path, BTC, String(options.seed + round)];
    const run = await runUntilKilled({ script: 'recording-process.ts', args, killAfterMs });
    const integrity = integrityOf(path);
    if (integrity !== 'ok') return [`integrity_check: ${String(integrity)}`];
    const ids = readWholeTape(path, BTC).map(({ id }) => Number(id));
    trades += ids.length;
    if (ids.length < dueOf(run, 'byTheClock')) strictFaults++;
    return faultsOf(ids, run);
  });
  rmSync(directory.path, { recursive: true, force: true });
  return { ...report, tradesRead: trades, roundsLateByTheClockAlone: strictFaults };
}

function faultsOf(ids: readonly number[], run: KilledRun): string[] {
  const faults = run.hasEnded ? ['the process ended by itself'] : [];
  const sorted = ids.toSorted((a, b) => a - b);
  const wrong = sorted.findIndex((id, index) => id !== index + 1);
  if (wrong !== -1) faults.push(`trade ${wrong + 1} is missing or there twice: ${sorted[wrong]}`);
  const due = dueOf(run, 'byItsShare');
  if (ids.length < due) faults.push(`${due} trades were due, ${ids.length} are there`);
  return faults;
}

/** `received` or `acknowledged`, the newest id; of what was received when, and the processor's share. */
interface Mark {
  readonly what: string | undefined;
  readonly id: number;
  readonly time: number;
  readonly ranMs: number;
  readonly waitedMs: number;
}

function markOf(line: string): Mark {
  const [what, id, time, ran, waited] = line.split(' ');
  return {
    ...{ what, id: Number(id), time: Number(time) },
    ...{ ranMs: Number(ran), waitedMs: Number(waited) },
  };
}

/**
 * Up to which trade everything has to be on disk, by what the process said. `byItsShare`: what it
 * waited for a processor that others had is not counted against it, for no program keeps a time that
 * it is not given; what it waited for the disk is.
 */
function dueOf(
  { lines, killedAt, cpu }: KilledRun,
  reckoning: 'byTheClock' | 'byItsShare',
): number {
  const marks = lines.map(markOf);
  const last = marks.findLast(({ what }) => what === 'received');
  if (!last) return 0;
  const sinceLastMs = killedAt - last.time - (cpu.ranMs - last.ranMs) - PAUSE_MS;
  const stillWaitsMs = cpu.isRunnable ? Math.max(0, sinceLastMs) : cpu.waitedMs - last.waitedMs;
  const isDue = ({ what, time, waitedMs }: Mark): boolean => {
    const waited = reckoning === 'byTheClock' ? 0 : last.waitedMs - waitedMs + stillWaitsMs;
    return what === 'acknowledged' || killedAt - time - waited > MAY_BE_LOST_MS;
  };
  return Math.max(0, ...marks.filter(isDue).map(({ id }) => id));
}
