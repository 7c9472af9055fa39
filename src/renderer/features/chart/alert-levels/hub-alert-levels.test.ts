import { describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { ChannelHandler } from '../../../client/channel-subscription.ts';
import { HubAlertLevels } from './hub-alert-levels.ts';

const BTC = { id: 'demo:BTC/USDT', symbol: 'BTC/USDT' } as Instrument;
const rule = (
  id: string,
  level: number,
  name = `BTC/USDT ${level}`,
  instrumentId: string = BTC.id,
) => ({
  ...{ id, name, isEnabled: true },
  condition: { kind: 'priceCross', instrumentId, level, direction: 'up' },
});

function setUp() {
  let handler: ChannelHandler | null = null;
  let channel = '';
  const asked: unknown[] = [];
  const client = {
    subscribe: (name: string, given: ChannelHandler) => {
      channel = name;
      handler = given;
      return () => undefined;
    },
  };
  const answer =
    (command: string) =>
    async (...given: unknown[]) => {
      asked.push([command, ...given]);
      return { ok: true, value: null };
    };
  const commands = {
    ...{ placeLevel: answer('place'), moveLevel: answer('move'), removeRule: answer('remove') },
  };
  const levels = new HubAlertLevels(
    ...([client, BTC, commands] as unknown as ConstructorParameters<typeof HubAlertLevels>),
  );
  let told = 0;
  levels.subscribe(() => {
    told += 1;
  });
  const push = (...rules: object[]) =>
    handler?.onPush({ event: 'alert:rules', payload: { rules } } as unknown as Push);
  return { levels, asked, push, told: () => told, channel: () => channel };
}

describe('HubAlertLevels', () => {
  it('has the price levels of its instrument, and no other rules', () => {
    const { levels, push, told, channel } = setUp();
    const spread = { ...rule('c', 1), condition: { kind: 'spread', instrumentId: BTC.id } };
    push(rule('a', 100), rule('b', 5, 'x', 'demo:ETH/USDT'), spread);
    expect([channel(), told()]).toEqual(['alerts:rules', 1]);
    expect(levels.list()).toEqual([{ id: 'a', name: 'BTC/USDT 100', price: 100, isEnabled: true }]);
  });

  it('makes one that is crossed either way', async () => {
    const { levels, asked } = setUp();
    await levels.create(101.5);
    const condition = {
      ...{ kind: 'priceCross', instrumentId: BTC.id, level: 101.5, direction: 'either' },
    };
    expect(asked).toEqual([['place', { name: 'BTC/USDT 101.5', condition }]]);
  });

  it('moves one with its direction, and tells how it was; its name only where that was its price', async () => {
    const { levels, asked, push } = setUp();
    push(rule('a', 100), rule('b', 90, 'my floor'));
    await levels.move('a', 110);
    await levels.move('b', 80);
    const condition = (level: number) => ({
      ...{ kind: 'priceCross', instrumentId: BTC.id, level, direction: 'up' },
    });
    expect(asked).toEqual([
      [
        ...['move', 'a', { condition: condition(110), name: 'BTC/USDT 110' }],
        { condition: condition(100), name: 'BTC/USDT 100' },
      ],
      ['move', 'b', { condition: condition(80) }, { condition: condition(90) }],
    ]);
  });
});
