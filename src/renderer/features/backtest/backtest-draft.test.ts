import { describe, expect, it } from 'vitest';
import { requestSchemas } from '#contract/requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { backtestView } from '../../stores/backtest.fixture.ts';
import {
  askedBacktestDraft,
  type BacktestDraft,
  backtestDraftOf,
  checkBacktest,
  checkedBacktest,
  newBacktestDraft,
} from './backtest-draft.ts';
import { runDraft } from './run-draft.ts';
import { everyKind } from './strategy.fixture.ts';

const single = newBacktestDraft('binance:BTC/USDT' as InstrumentId, everyKind);
const sweep: BacktestDraft = {
  ...single,
  bot: { ...single.bot, params: { ...single.bot.params, fast: '5..15:5', average: 'SMA|EMA' } },
  sweep: { ...single.sweep, isSweep: true },
};
const accepted = requestSchemas['backtests.start'].params;

describe('the form of a backtest', () => {
  it('has nothing wrong at first, and needs no name', () => {
    expect(checkBacktest(single, everyKind)).toEqual({});
    const checked = checkedBacktest(single, everyKind);
    expect(accepted.parse(checked)).toMatchObject({
      bot: { name: 'Every', params: { fast: 5, quantity: '0.01' } },
      source: { kind: 'tape' },
    });
    expect(checked.sweep).toBeUndefined();
  });

  it('says field by field what is wrong', () => {
    const bot = { ...single.bot, instrumentId: 'btc' as InstrumentId, initialCash: '0' };
    const draft = { ...single, bot: { ...bot, params: { ...bot.params, fast: '5..15' } } };
    expect(Object.keys(checkBacktest(draft, everyKind)).sort()).toEqual([
      ...['fast', 'initialCash', 'instrumentId'],
    ]);
  });

  it('takes several values in a sweep only, and there wants some', () => {
    expect(checkBacktest(sweep, everyKind)).toEqual({});
    const none = { ...single, sweep: { ...single.sweep, isSweep: true } };
    expect(Object.keys(checkBacktest(none, everyKind))).toEqual(['runs']);
    const bad = { ...sweep, bot: { ...sweep.bot, params: { ...sweep.bot.params, fast: '0|5' } } };
    expect(checkBacktest(bad, everyKind)).toEqual({ fast: 'At least 1' });
  });

  it('asks the hub for a sweep as its schema has it', () => {
    expect(accepted.parse(checkedBacktest(sweep, everyKind))).toMatchObject({
      bot: { params: { fast: 5, average: 'SMA', spacing: 20 } },
      sweep: {
        grid: { fast: { from: 5, to: 15, step: 5 }, average: ['SMA', 'EMA'] },
        ...{ rankedBy: 'sharpe', holdout: 0.3 },
      },
    });
  });

  it('comes back from a backtest, so that it can be changed and played again', () => {
    const asked = accepted.parse(checkedBacktest(sweep, everyKind));
    const view = backtestView('b1', { bot: asked.bot, sweep: asked.sweep ?? null });
    const again = backtestDraftOf(view);
    expect(again.sweep).toEqual(sweep.sweep);
    expect(again.bot.params).toEqual(sweep.bot.params);
    expect(checkedBacktest(again, everyKind)).toEqual(checkedBacktest(sweep, everyKind));
  });

  it('begins with a bot of ours where one is asked for', () => {
    const { bot } = checkedBacktest(single, everyKind);
    const config = { ...bot, id: 'b1', createdTime: 0 } as unknown as BotConfig;
    const draft = askedBacktestDraft({ bot: config, stretch: null });
    expect(checkBacktest(draft, everyKind)).toEqual({});
    expect(checkedBacktest(draft, everyKind).bot).toEqual(bot);
  });
});

describe('a run of a sweep on its own', () => {
  it('has its values and its name, and plays what the sweep played', () => {
    const order = runDraft(backtestView('b1'), { params: { fast: 7, slow: 30 } }, ['fast']);
    expect(accepted.parse(order)).toMatchObject({
      bot: { name: '7 · Cross', params: { fast: 7, slow: 30 } },
      source: { kind: 'sameAs', backtestId: 'b1' },
    });
  });

  it('has no name that is too long', () => {
    const { bot } = backtestView('b1');
    const view = { id: 'b1', bot: { ...bot, name: 'x'.repeat(80) } };
    expect(accepted.safeParse(runDraft(view, { params: { fast: 1 } }, ['fast'])).success).toBe(
      true,
    );
  });
});
