import { beforeEach, describe, expect, it } from 'vitest';
import type { RevealTarget } from '#contract/bridge.ts';
import type { Notification } from '#domain/notification.ts';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MonitorDouble } from '#tests/fakes/monitor-double.ts';
import { NativeNotifier } from './native-notifier.ts';
import { ShellWords } from './shell-words.ts';

let clock: FakeClock;
let electron: ElectronDouble;
let monitor: MonitorDouble;
let clicked: RevealTarget[];

const notifierOf = (words = new ShellWords(['en'])) =>
  new NativeNotifier({
    sayNotice: words.sayNotice,
    notifications: electron.modules.Notification,
    monitor,
    clock,
    onClick: (target) => clicked.push(target),
  });
const fill = (id: string): Notification => ({
  id,
  kind: 'fill',
  severity: 'info',
  title: `Bought ${id}`,
  body: 'at 64,000',
  source: { botId: 'grid', fillId: id },
  read: false,
  createdTime: clock.now(),
});
const visible = () =>
  electron.notifications
    .filter(({ state }) => state === 'shown')
    .map(({ options }) => options.title);

beforeEach(() => {
  clock = new FakeClock();
  electron = new ElectronDouble();
  monitor = new MonitorDouble();
  clicked = [];
});

describe('NativeNotifier', () => {
  it('[N1] shows a fill at once, in its own words', () => {
    notifierOf();
    monitor.notify(fill('f1'));
    expect(visible()).toEqual(['Bought f1']);
    expect(electron.notifications[0]?.options).toMatchObject({
      body: 'at 64,000',
      urgency: 'normal',
    });
  });

  it('[N1] speaks the language of the window, its summaries as well', () => {
    const words = new ShellWords(['en']);
    notifierOf(words);
    words.speak('ko');
    for (let index = 1; index <= 7; index += 1) {
      monitor.notify({ ...fill(`f${index}`), title: `Bought 0.${index} BTC at 64000` });
    }
    clock.advance(250);
    expect(visible()[0]).toBe('64000에 0.1 BTC 매수');
    expect(visible().at(-1)).toBe('체결 2건 더');
    expect(electron.notifications[5]?.options.body).toBe('최근: 64000에 0.7 BTC 매수');
  });

  it('[N1] shows five fills of a burst, then one summary with the count of the rest', () => {
    notifierOf();
    for (let index = 1; index <= 40; index += 1) monitor.notify(fill(`f${index}`));
    expect(visible()).toEqual(['Bought f1', 'Bought f2', 'Bought f3', 'Bought f4', 'Bought f5']);
    clock.advance(250);
    expect(visible().slice(5)).toEqual(['35 more fills']);
    expect(electron.notifications[5]?.options.body).toBe('Latest: Bought f40');
  });

  it('replaces the summary, silently, while the burst goes on', () => {
    notifierOf();
    for (let index = 1; index <= 6; index += 1) monitor.notify(fill(`f${index}`));
    clock.advance(250);
    expect(visible().at(-1)).toBe('1 more fill');
    monitor.notify(fill('f7'));
    clock.advance(1_000);
    expect(visible().slice(5)).toEqual(['2 more fills']);
    expect(electron.notifications.at(-1)?.options.silent).toBe(true);
  });

  it('[N1] opens the bot at the fill on a click; a summary at its latest fill', () => {
    notifierOf();
    for (let index = 1; index <= 7; index += 1) monitor.notify(fill(`f${index}`));
    clock.advance(250);
    electron.notifications[0]?.emit('click');
    electron.notifications[5]?.emit('click');
    expect(clicked).toEqual([
      { botId: 'grid', fillId: 'f1' },
      { botId: 'grid', fillId: 'f7' },
    ]);
  });

  it('marks what is critical as such', () => {
    notifierOf();
    monitor.notify({ ...fill('f1'), kind: 'bot', severity: 'critical' });
    expect(electron.notifications[0]?.options.urgency).toBe('critical');
  });

  it('leaves nothing behind when disposed, not even a summary that was due', () => {
    const notifier = notifierOf();
    for (let index = 1; index <= 6; index += 1) monitor.notify(fill(`f${index}`));
    notifier.dispose();
    expect([monitor.listeners, clock.pendingTimers]).toEqual([0, 0]);
    clock.advance(5_000);
    expect(visible()).toHaveLength(5);
  });

  it('does not listen where the system has no notifications', () => {
    electron.notificationsSupported = false;
    notifierOf();
    expect(monitor.listeners).toBe(0);
  });
});
