import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { backtestView } from '../stores/backtest.fixture.ts';
import { createStores } from '../stores/stores.ts';
import { tapeJob } from '../stores/tape-job.fixture.ts';
import { formatFullDateTime } from '../ui/format.ts';
import { jobChoiceCommands } from './job-choice-commands.ts';

const job = (state: TapeJob['state'], kind: TapeJob['kind'] = 'import') =>
  tapeJob(state, { kind, state });

function screen() {
  const stores = createStores();
  const done: unknown[] = [];
  const walk = new PaletteWalk();
  const refuse = async (...what: readonly unknown[]) => {
    done.push(what);
    return fail('invalid_state', 'Not now');
  };
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  stores.tapeJobs.setState({
    jobs: [
      job('running'),
      job('waiting', 'export'),
      job('done'),
      job('failed'),
      job('canceled', 'export'),
      job('interrupted'),
    ],
  });
  stores.backtests.setState({
    backtests: [
      backtestView('b1', { state: 'queued' }),
      backtestView('b2', { state: 'running' }),
      backtestView('b3', { state: 'done' }),
      backtestView('b4', { state: 'failed', createdTime: 2_000_000 as EpochMs }),
    ],
  });
  const commands = jobChoiceCommands({
    ...{ stores, ask: walk.ask, client: { request: refuse as never } },
    backtests: {
      cancel: (id) => refuse('cancel', id),
      remove: (id) => refuse('remove', id),
    },
  });
  const enabled = () => commands.filter((one) => one.isEnabled?.()).map(({ id }) => id);
  const run = (id: string) => walk.run(commands, id);
  return { stores, done, run, enabled };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** As the palette calls them. */
const cross = (state: string, time = 1_000) =>
  `Cross · BTC/USDT · ${state} · ${formatFullDateTime(time)}`;

describe('the commands on imports and exports', () => {
  it('cancel one that waits or runs, and say a refusal', async () => {
    const { stores, run, done } = screen();
    expect(run('tapeFiles.cancel').titles).toEqual([
      'Import /data/running.csv · running',
      'Export /data/waiting.csv · waiting',
    ]);
    run('tapeFiles.cancel').choose('Export /data/waiting.csv · waiting');
    await settled();
    expect(done).toEqual([['tape.cancelJob', { jobId: 'waiting' }]]);
    expect(stores.notices.store.getState().shown?.text()).toBe('Not now');
  });

  it('go on with one that was not ended', () => {
    const { run, done } = screen();
    expect(run('tapeFiles.resume').titles).toEqual([
      'Import /data/failed.csv · failed',
      'Export /data/canceled.csv · canceled',
      'Import /data/interrupted.csv · interrupted',
    ]);
    run('tapeFiles.resume').choose('Import /data/interrupted.csv · interrupted');
    expect(done).toEqual([['tape.resumeJob', { jobId: 'interrupted' }]]);
  });
});

describe('the commands on backtests', () => {
  it('cancel one that waits or runs', () => {
    const { run, done } = screen();
    expect(run('backtest.cancel').titles).toEqual([cross('queued'), cross('running')]);
    run('backtest.cancel').choose(cross('running'));
    expect(done).toEqual([['cancel', 'b2']]);
  });

  it('remove one that has ended, and only once that is confirmed', () => {
    const { run, done } = screen();
    const failed = cross('failed', 2_000_000);
    expect(run('backtest.remove').titles).toEqual([cross('done'), failed]);
    const asked = run('backtest.remove').choose(failed);
    expect(asked.question).toBe(`Remove ${failed}? What came of it goes with it`);
    // What comes first, and so by one more key, keeps it.
    const [first = '', second = ''] = asked.titles;
    asked.choose(first);
    expect(done).toEqual([]);
    run('backtest.remove').choose(failed).choose(second);
    expect(done).toEqual([['remove', 'b4']]);
  });
});

it('each is there while there is something that it can be done to, and a hub', () => {
  const { stores, enabled } = screen();
  expect(enabled()).toEqual([
    ...['tapeFiles.cancel', 'tapeFiles.resume'],
    ...['backtest.cancel', 'backtest.remove'],
  ]);
  stores.tapeJobs.setState({ jobs: [job('done')] });
  stores.backtests.setState({ backtests: [backtestView('b3', { state: 'done' })] });
  expect(enabled()).toEqual(['backtest.remove']);
  stores.backtests.setState({ backtests: null });
  expect(enabled()).toEqual([]);
  stores.tapeJobs.setState({ jobs: [job('running')] });
  expect(enabled()).toEqual(['tapeFiles.cancel']);
  stores.connection.setState({ connection: { kind: 'connecting', attempt: 1 } });
  expect(enabled()).toEqual([]);
});
