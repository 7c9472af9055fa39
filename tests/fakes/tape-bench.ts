import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Result, succeed } from '#contract/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import { readTrades } from '#main/tape/reader.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import type { TapeStore } from '#main/tape/tape-store.ts';
import { FakeClock } from './fake-clock.ts';

export const BTC = instrumentId('demo', 'BTC/USDT');
export const ETH = instrumentId('demo', 'ETH/USDT');

export const trade = (id: number | string, fields: Partial<Trade> = {}): Trade => ({
  instrumentId: BTC,
  id: String(id),
  price: (100 + (typeof id === 'number' ? id % 10 : 0) / 100) as Price,
  size: 0.5 as Size,
  aggressorSide: 'buy',
  eventTime: (1_000_000 + (typeof id === 'number' ? id : 0)) as EpochMs,
  receivedTime: (1_000_007 + (typeof id === 'number' ? id : 0)) as EpochMs,
  ...fields,
});
export const trades = (from: number, to: number): Trade[] =>
  Array.from({ length: to - from + 1 }, (_, index) => trade(from + index));

/** The same tape, written to as an importer does. */
export const below = (tape: TapeDatabase): TapeStore => ({
  ...tape,
  lastBlocks: () => succeed([]),
  write: (batch) => {
    const sunk = <T extends { readonly sequence: number }>(one: T) => ({
      ...one,
      sequence: one.sequence - 1_000,
    });
    return tape.write({
      ...batch,
      blocks: batch.blocks.map(sunk),
      summaries: batch.summaries?.map(sunk) ?? [],
    });
  },
});

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A tape on disk for each test, and recorders that write to it. */
export class TapeBench {
  readonly clock = new FakeClock();
  readonly reports: string[] = [];
  readonly #directory = mkdtempSync(join(tmpdir(), 'tapedeck-tape-'));
  tape: TapeDatabase = this.#open();

  recorder(options: { store?: TapeStore; mostPending?: number } = {}): TapeRecorder {
    return new TapeRecorder({
      store: this.tape,
      clock: this.clock,
      onFailure: (reason) => this.reports.push(reason),
      onRecovery: () => this.reports.push('recovered'),
      ...options,
    });
  }

  onTape(id = BTC): readonly Trade[] {
    return unwrap(readTrades(this.tape, id, { limit: 1_000_000 }));
  }

  reopen(): void {
    this.tape.close();
    this.tape = this.#open();
  }

  end(): void {
    this.tape.close();
    rmSync(this.#directory, { recursive: true });
  }

  #open(): TapeDatabase {
    return unwrap(openTapeDatabase(join(this.#directory, 'tape.db')));
  }
}

export const play = (target: TapeRecorder, items: readonly Trade[]): void => {
  for (const item of items) target.record(item);
};
