import { readFileSync, rmSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { channel } from '#contract/channels.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Order } from '#domain/order.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { type KilledRun, runUntilKilled } from './killed-process.ts';
import { type TortureReport, tortured } from './rounds.ts';
import { integrityOf, unwrap } from './tape-soundness.ts';

/** A ledger is killed that often before a new one is begun: what grew once is read each time. */
const ROUNDS_A_LEDGER = 20;
const MOST_A_PAGE = 1_000;
/** Of a bot’s fills so many are looked at for what is kept beside them. */
const NEWEST = 100;

/**
 * Kills running bots at random moments, and starts them again (rule X2): no fill that was told is
 * missing, none is there twice, cash and position are the sums of the fills (rule X1), orders agree
 * with them, and what ran runs again.
 */
export async function tortureBots(options: {
  readonly rounds: number;
  readonly seed: number;
}): Promise<TortureReport> {
  let directory = temporaryDirectory();
  let fills = 0;
  let told = 0;
  let ranBefore = 0;
  let amidst = 0;
  const report = await tortured(options, async (round, killAfterMs) => {
    if (round > 0 && round % ROUNDS_A_LEDGER === 0) {
      rmSync(directory.path, { recursive: true, force: true });
      directory = temporaryDirectory();
      ranBefore = 0;
    }
    const path = join(directory.path, 'ledger.db');
    const args = [path, String(options.seed + round)];
    const run = await runUntilKilled({ script: 'bots-process.ts', args, killAfterMs });
    if (isAmidCheckpoint(`${path}-shm`)) amidst += 1;
    const integrity = integrityOf(path);
    if (integrity !== 'ok') return [`integrity_check: ${String(integrity)}`];
    const faults = run.hasEnded ? ['the process ended by itself'] : [];
    const running = Number(/^running (\d+)/.exec(run.lines[0] ?? '')?.[1] ?? 0);
    if (running < ranBefore) faults.push(`${ranBefore} bots ran, ${running} run again`);
    const found = inspect(path, run);
    ranBefore = found.running;
    fills += found.fills;
    told += found.told;
    return [...faults, ...found.faults];
  });
  rmSync(directory.path, { recursive: true, force: true });
  return { ...report, fillsRead: fills, fillsTold: told, killedAmidCheckpoint: amidst };
}

/**
 * Whether the process died while its write-ahead log was being moved: frames were begun with that are not
 * said to be in the file. See `WalCkptInfo` in https://sqlite.org/walformat.html#the_wal_index_file_format.
 */
function isAmidCheckpoint(indexPath: string): boolean {
  const index = readFileSync(indexPath);
  const [moved, begunWith] = [96, 128].map((offset) =>
    endianness() === 'LE' ? index.readUInt32LE(offset) : index.readUInt32BE(offset),
  );
  return moved !== begunWith;
}

function inspect(path: string, { lines }: KilledRun) {
  const damages: string[] = [];
  const ledger = unwrap(
    openLedger(path, { onDamage: ({ table, reason }) => damages.push(`${table}: ${reason}`) }),
  );
  try {
    const fills = allFills(ledger);
    const known = new Set(fills.map(({ id }) => id));
    const told = lines.flatMap((line) => /^told (\S+)/.exec(line)?.[1] ?? []);
    const lost = told.filter((id) => !known.has(id));
    const twice = told.length - new Set(told).size;
    const bots = ledger.bots.list();
    return {
      running: bots.filter(({ runtime }) => runtime.state === 'running' && !runtime.isClosing)
        .length,
      fills: fills.length,
      told: told.length,
      faults: [
        ...damages,
        ...lost.map((id) => `fill ${id} was told and is not there`),
        ...(twice > 0 ? [`${twice} fills were told twice`] : []),
        ...bots.flatMap((bot) => faultsOfBot(ledger, bot, fills)),
      ],
    };
  } finally {
    ledger.close();
  }
}

function faultsOfBot(
  ledger: Ledger,
  { config, runtime }: ReturnType<Ledger['bots']['list']>[number],
  allOfThem: readonly Fill[],
): string[] {
  const fills = allOfThem.filter(({ botId }) => botId === config.id);
  const faults: string[] = [];
  const expect = (what: string, is: unknown, due: unknown) => {
    if (is !== due) faults.push(`${config.id}: ${what} is ${is}, and should be ${due}`);
  };
  const numbers = fills.map(({ id }) => Number(id.split('-f')[1])).sort((a, b) => a - b);
  expect('the last fill’s number', numbers.at(-1) ?? 0, fills.length);
  expect('fillCount', runtime.fillCount, fills.length);
  const newest = fills.slice(0, NEWEST).reverse();
  const logged = ledger.channelLog
    .recent(channel.bot(config.id, 'trades'), newest.length)
    .map(({ data }) => (data.of === 'fill' ? data.fill.id : data.of));
  expect('its channel', String(logged), String(newest.map(({ id }) => id)));
  const unexplained = newest.filter(({ id }) => ledger.trails.get(id) === null);
  expect('fills without a trail', unexplained.length, 0);
  let cash = decimal(config.initialCash);
  let quantity = ZERO;
  const filled = new Map<string, Decimal>();
  for (const fill of fills) {
    const signed = decimal(fill.quantity).times(fill.side === 'buy' ? 1 : -1);
    cash = cash.minus(signed.times(fill.price)).minus(fill.fee);
    quantity = quantity.plus(signed);
    filled.set(fill.orderId, (filled.get(fill.orderId) ?? ZERO).plus(fill.quantity));
  }
  expect('cash', runtime.cash, toDecimalString(cash));
  const position = ledger.positions.get(config.id, config.instrumentId);
  expect('position', position?.quantity ?? '0', toDecimalString(quantity));
  for (const [id, sum] of filled) {
    const order: Order | null = ledger.orders.get(id);
    expect(`filled of ${id}`, order?.filledQuantity, toDecimalString(sum));
  }
  return faults;
}

function allFills(ledger: Ledger): Fill[] {
  const fills: Fill[] = [];
  let before: string | undefined;
  do {
    const page = unwrap(ledger.fills.list({ limit: MOST_A_PAGE, before }));
    fills.push(...page.items);
    before = page.nextBefore ?? undefined;
  } while (before !== undefined);
  return fills;
}
