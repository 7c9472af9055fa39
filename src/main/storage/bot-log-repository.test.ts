import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Result } from '#contract/errors.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { PLAIN_RUNTIME, PLAIN_SETTINGS } from '#tests/fakes/stored-bot.ts';
import { type Ledger, openLedger } from './ledger.ts';

const cash = '10000' as DecimalString;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

let ledger: Ledger;
beforeEach(() => {
  ledger = unwrap(openLedger(':memory:', { onDamage: ({ reason }) => expect.unreachable(reason) }));
  for (const id of ['a', 'b']) {
    ledger.bots.insert({
      config: {
        ...{ id, name: id, strategy: 'grid', instrumentId: instrumentId('demo', 'BTC/USDT') },
        ...{ params: {}, initialCash: cash, makerFeeBps: 0, takerFeeBps: 0 },
        ...{ ...PLAIN_SETTINGS, createdTime: 0 as EpochMs },
      },
      runtime: {
        ...{ botId: id, state: 'running', error: null, cash, fillCount: 0, lastFillTime: null },
        ...{ strategyState: null, orderSequence: 0, ...PLAIN_RUNTIME },
      },
    });
  }
});
afterEach(() => ledger.close());

const say = (botId: string, count: number) =>
  ledger.botLogs.append({
    ...{ botId, level: 'info', message: `${count}` },
    time: (1_000 - count) as EpochMs,
  });

it('pages through the log of a bot, newest first, also while more is said', () => {
  for (let count = 1; count <= 5; count++) for (const botId of ['a', 'b']) say(botId, count);
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = unwrap(ledger.botLogs.page('a', { limit: 2, before }));
    seen.push(...page.items.map(({ message }) => message));
    before = page.nextBefore ?? undefined;
    say('a', 6);
  } while (before !== undefined);
  expect(seen).toEqual(['5', '4', '3', '2', '1']);
});

it('has one empty page of nobody, and none of a place that it did not name', () => {
  const nothing = { items: [], nextBefore: null };
  expect(unwrap(ledger.botLogs.page('nobody', { limit: 2 }))).toEqual(nothing);
  for (const before of ['', 'x', '1_2', '-1', '1e3']) {
    expect(ledger.botLogs.page('a', { limit: 2, before })).toMatchObject({
      error: { code: 'invalid_payload' },
    });
  }
});
