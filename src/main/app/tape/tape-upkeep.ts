import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { fillCandles } from '#main/tape/candle-backlog.ts';
import { keepWithin } from '#main/tape/retention.ts';
import type { Ground } from '../ground.ts';
import { readSettings } from '../settings.ts';

const MS_A_DAY = 86_400_000;

/** What is done to the tape beside recording: old blocks come into the candles, too old ones go. */
export function keepTape(
  { clock, log, lifecycle }: Pick<Ground, 'clock' | 'log' | 'lifecycle'>,
  { tape, ledger }: { readonly tape: TapeDatabase; readonly ledger: Pick<Ledger, 'settings'> },
): void {
  const stopFilling = fillCandles(tape, {
    clock,
    onFailure: (reason) => log.warn({ reason }, 'old blocks of the tape are in no candle yet'),
  });
  lifecycle.onClose('candles of the tape', stopFilling);
  const limits = () => {
    const { tapeMaxAgeDays, tapeMaxBytes } = readSettings(ledger.settings);
    const maxAgeMs = tapeMaxAgeDays === null ? null : tapeMaxAgeDays * MS_A_DAY;
    return { maxAgeMs, maxBytes: tapeMaxBytes };
  };
  const stopKeeping = keepWithin({
    ...{ store: tape, clock, limits },
    onFailure: (reason) => log.warn({ reason }, 'the tape cannot be made shorter'),
  });
  lifecycle.onClose('retention of the tape', stopKeeping);
}
