import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '#contract/errors.ts';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { gridDraft, openPaperFleet, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { dailyPnl } from './daily-pnl.ts';

const at = (text: string) => Date.parse(text) as EpochMs;
const money = (text: string) => text as DecimalString;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

let fleet: ReturnType<typeof openPaperFleet>;

beforeEach(() => {
  fleet = openPaperFleet();
});
afterEach(() => fleet.close());

const addBot = () => unwrap(fleet.own.create(gridDraft({ start: false })));

function fill(botId: string, time: string, realizedPnl: string, fee: string, feeCurrency = 'USDT') {
  const id = `${botId}-${time}`;
  fleet.ledger.fills.insert({
    ...{ id, botId, orderId: id, instrumentId: PAPER_ID, side: 'sell', quantity: money('1') },
    ...{ price: money('100'), fee: money(fee), feeCurrency, liquidity: 'taker' },
    ...{ realizedPnl: money(realizedPnl), eventTime: at(time) },
  });
}

const point = (botId: string, time: string, pnl: string) =>
  fleet.ledger.equity.append({ botId, time: at(time), equity: money('0'), pnl: money(pnl) });

const days = (timeZone = 'UTC') =>
  dailyPnl(fleet.own.list(), fleet.ledger, {
    ...{ now: at('2026-03-03T12:00:00Z'), days: 3, timeZone },
  });

describe('what bots won and lost each day', () => {
  it('is exact by fills, and as their curves show it', async () => {
    const { config } = addBot();
    const old = { ...config, createdTime: at('2026-01-01T00:00:00Z') };
    fleet.ledger.bots.updateConfig(old);
    const view = { ...unwrap(fleet.own.get(config.id)), config: old };
    fill(config.id, '2026-02-28T23:59:59.999Z', '1000', '1');
    fill(config.id, '2026-03-01T00:00:00Z', '0.1', '0.01');
    fill(config.id, '2026-03-01T23:59:59Z', '0.2', '0.02', 'BNB');
    fill(config.id, '2026-03-03T01:00:00Z', '-7', '0.5');
    point(config.id, '2026-02-28T23:59:00Z', '40');
    point(config.id, '2026-03-01T23:59:00Z', '41.5');
    const list = await dailyPnl([view], fleet.ledger, {
      ...{ now: at('2026-03-03T12:00:00Z'), days: 3, timeZone: 'UTC' },
    });
    expect(list.filter(({ currency }) => currency === 'USDT')).toMatchObject([
      { date: '2026-03-03', pnl: '-41.5', realizedPnl: '-7', fees: '0.5', fills: 1 },
      { date: '2026-03-02', pnl: '0', realizedPnl: '0', fees: '0', fills: 0 },
      { date: '2026-03-01', pnl: '1.5', realizedPnl: '0.3', fees: '0.01', fills: 2 },
    ]);
    expect(list.filter(({ currency }) => currency === 'BNB').map(({ fees }) => fees)).toEqual([
      ...['0', '0', '0.02'],
    ]);
  });

  it('goes by the days of the place that was asked for', async () => {
    const { config } = addBot();
    fill(config.id, '2026-03-01T23:30:00Z', '5', '0');
    const realized = async (timeZone: string) =>
      (await days(timeZone)).map(({ date, realizedPnl }) => `${date} ${realizedPnl}`);
    expect(await realized('UTC')).toEqual(['2026-03-03 0', '2026-03-02 0', '2026-03-01 5']);
    expect(await realized('Europe/Berlin')).toEqual([
      ...['2026-03-03 0', '2026-03-02 5', '2026-03-01 0'],
    ]);
    expect(await realized('Pacific/Auckland')).toEqual([
      ...['2026-03-04 0', '2026-03-03 0', '2026-03-02 5'],
    ]);
  });

  it('[X4] is what the equity changed by of a bot that runs elsewhere, from its first word on', async () => {
    const view = unwrap(fleet.own.get(addBot().config.id));
    const { id } = view.config;
    const external = {
      ...view,
      config: { ...view.config, strategy: EXTERNAL_STRATEGY, initialCash: money('0') },
      status: { ...view.status, equity: money('5030') },
    };
    const pnl = async () =>
      (
        await dailyPnl([external], fleet.ledger, {
          ...{ now: at('2026-03-03T12:00:00Z'), days: 3, timeZone: 'UTC' },
        })
      ).map((day) => day.pnl);
    expect(await pnl()).toEqual([null, null, null]);
    point(id, '2026-03-02T08:00:00Z', '5000');
    point(id, '2026-03-02T23:00:00Z', '5012');
    expect(await pnl()).toEqual(['18', '12', null]);
  });

  it('is added up over bots', async () => {
    const ids = [addBot(), addBot()].map(({ config }) => config.id);
    for (const id of ids) fill(id, '2026-03-02T10:00:00Z', '0.1', '0.2');
    expect((await days())[1]).toMatchObject({ realizedPnl: '0.2', fees: '0.4', fills: 2 });
  });
});
