import { expect, it } from 'vitest';
import { openLedger } from '#main/storage/ledger.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { createLog } from '#main/telemetry/log.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { allTrades, record, START, tradeOf, unwrap } from '#tests/support/invented-tape.ts';
import { Lifecycle } from '../lifecycle.ts';
import { changeSettings } from '../settings.ts';
import { keepTape } from './tape-upkeep.ts';

const DAY_MS = 86_400_000;
const log = createLog('silent');

it('keeps the tape as long as the settings say, from when they say it, and ends with the monitor', async () => {
  const tape = unwrap(openTapeDatabase(':memory:'));
  const ledger = unwrap(
    openLedger(':memory:', { onDamage: ({ reason }) => expect.unreachable(reason) }),
  );
  const trades = Array.from({ length: 5_000 }, (_, index) =>
    tradeOf({ atMs: index, cents: 100, units: 1, isSell: false }, index),
  );
  record(tape, [trades]);
  const clock = new FakeClock(START + 5 * DAY_MS);
  const lifecycle = new Lifecycle(log);
  keepTape({ clock, log, lifecycle }, { tape, ledger });
  clock.advance(120_000);
  expect(allTrades(tape)).toHaveLength(5_000);
  changeSettings(ledger.settings, { tapeMaxAgeDays: 1 });
  clock.advance(120_000);
  expect(allTrades(tape)).toHaveLength(5_000 - 4_096);
  await lifecycle.close();
  expect(clock.pendingTimers).toBe(0);
  ledger.close();
  tape.close();
});
