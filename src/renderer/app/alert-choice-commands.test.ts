import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { EpochMs } from '#domain/units.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { createStores } from '../stores/stores.ts';
import { alertChoiceCommands } from './alert-choice-commands.ts';

const alert = (id: string, ruleName: string, more: object = {}) => ({
  ...{ id, ruleName, state: 'firing', acknowledgedTime: null },
  labels: { rule: `rule-${id}`, instrument: 'demo:BTC/USDT' },
  ...more,
});

function screen() {
  const stores = createStores();
  const done: unknown[] = [];
  const walk = new PaletteWalk();
  const note =
    (what: string) =>
    async (...args: readonly unknown[]) => {
      done.push([what, ...args]);
      return succeed(undefined) as never;
    };
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  stores.alerts.setState({
    alerts: [
      alert('a1', 'Rises'),
      alert('a2', 'Falls', { acknowledgedTime: 1 }),
      alert('a3', 'Was', { state: 'resolved' }),
    ] as never,
    rules: [
      { id: 'r1', name: 'Mine', isEnabled: true, isBuiltIn: false },
      { id: 'r2', name: 'Comes with it', isEnabled: false, isBuiltIn: true },
    ] as never,
    silences: [
      { id: 's1', comment: 'Mine', matchers: { rule: 'r1', bot: 'b1' }, endTime: Infinity },
      { id: 's2', comment: 'Over', matchers: {}, endTime: 1 },
    ] as never,
  });
  const commands = alertChoiceCommands({
    alerts: {
      ...{ acknowledge: note('acknowledge'), silence: note('silence') },
      ...{ unsilence: note('unsilence'), updateRule: note('update') },
      ...{ testFire: note('test'), removeRule: note('remove') },
    },
    asks: { ask: ({ name, about }) => done.push([name, about]) },
    client: { now: () => 1_000 as EpochMs },
    ...{ stores, ask: walk.ask },
  });
  const run = (name: string) => walk.run(commands, `alerts.${name}`);
  return { stores, done, run, commands };
}

describe('the commands on one alert', () => {
  it('acknowledge one that nobody has seen', () => {
    const { run, done } = screen();
    expect(run('acknowledge').titles).toEqual(['Rises · demo:BTC/USDT']);
    run('acknowledge').choose('Rises · demo:BTC/USDT');
    expect(done).toEqual([['acknowledge', ['a1']]]);
  });

  it('silence one that fires, for as long as is chosen next', () => {
    const { run, done } = screen();
    const asked = run('silence').choose('Falls · demo:BTC/USDT');
    expect(asked.question).toContain('Falls');
    asked.choose('for an hour');
    expect(done).toEqual([
      [
        'silence',
        {
          matchers: { rule: 'rule-a2', instrument: 'demo:BTC/USDT' },
          ...{ durationMs: 3_600_000, comment: 'Falls' },
        },
      ],
    ]);
  });

  it('end a silence that is not over', () => {
    const { run, done } = screen();
    expect(run('unsilence').titles).toEqual(['Mine · b1']);
    run('unsilence').choose('Mine · b1');
    expect(done).toMatchObject([['unsilence', { id: 's1' }]]);
  });
});

describe('the commands on one rule', () => {
  it('edit it, try it out, switch it, and remove one that is the user’s', () => {
    const { run, done } = screen();
    expect(run('toggleRule').titles).toEqual(['Mine', 'Comes with it (off)']);
    run('toggleRule').choose('Comes with it (off)');
    run('editRule').choose('Mine');
    run('testRule').choose('Mine');
    expect(run('removeRule').titles).toEqual(['Mine']);
    run('removeRule').choose('Mine');
    expect(done).toEqual([
      ['update', 'r2', { isEnabled: true }],
      ['alerts.editRule', 'r1'],
      ['test', 'r1'],
      ['remove', 'r1'],
    ]);
  });

  it('are there while there is anything to choose', () => {
    const { stores, commands } = screen();
    stores.alerts.setState({ alerts: [], rules: [], silences: [] });
    expect(commands.filter((one) => one.isEnabled?.())).toEqual([]);
  });
});
