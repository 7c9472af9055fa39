import { describe, expect, it } from 'vitest';
import { chartKeyCommands } from '../../app/chart-key-commands.ts';
import { CommandRegistry } from '../../commands/command-registry.ts';
import { scopedCommand } from '../../commands/keyboard.ts';
import { changeShortcut, createKeymap } from '../../commands/keymap.ts';
import { type KeyPress, knownShortcut } from '../../commands/shortcut.ts';
import { LinkedSelections } from '../../stores/linked-selections.ts';
import { Workspace } from '../../workspace/workspace.ts';
import { type ChartKeyAction, chartKeyAction } from './chart-keys.ts';
import { KeyedCharts } from './keyed-charts.ts';

function open(isMac = false) {
  const registry = new CommandRegistry();
  const charts = new KeyedCharts();
  const commands = chartKeyCommands(new Workspace(new LinkedSelections()), charts);
  registry.register(commands);
  const keymap = createKeymap({
    ...{ read: () => null, write: () => undefined, onWritten: () => undefined },
  });
  const press = (key: string, held: Partial<KeyPress> = {}) => {
    const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
    const pressed = { key, code: '', ...none, ...held };
    const command = scopedCommand(pressed, 'chart', registry, keymap, isMac);
    return command && chartKeyAction(command.id);
  };
  return { charts, commands, keymap, press };
}

describe('the keys of the chart', () => {
  it('move by a bar or a step of the price, and ten times as far with Shift', () => {
    const { press } = open();
    expect(press('ArrowLeft')).toEqual({ kind: 'move', bars: -1, steps: 0 });
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'move', bars: 0, steps: 10 });
  });

  it('snap to the bar’s prices with Control, on a Mac with Command', () => {
    expect(open().press('ArrowUp', { ctrlKey: true })).toEqual({ kind: 'snap', direction: 1 });
    expect(open(true).press('ArrowDown', { metaKey: true })).toEqual({
      ...{ kind: 'snap', direction: -1 },
    });
  });

  it('go back and forth', () => {
    const { press } = open();
    expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' });
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toEqual({ kind: 'redo' });
    expect(press('y', { ctrlKey: true })).toEqual({ kind: 'redo' });
  });

  it('take up tools, select, remove, zoom and open the menu', () => {
    const { press } = open();
    expect(press('t')).toEqual({ kind: 'tool', tool: 'trend' });
    expect(press(']')).toEqual({ kind: 'select', step: 1 });
    for (const key of ['Delete', 'Backspace']) expect(press(key)).toEqual({ kind: 'remove' });
    expect(press('+', { shiftKey: true })).toEqual({ kind: 'zoom', steps: 1 });
    expect(press('-')).toEqual({ kind: 'zoom', steps: -1 });
    expect(press('F10', { shiftKey: true })).toEqual({ kind: 'menu' });
    expect(press('ContextMenu')).toEqual({ kind: 'menu' });
  });

  it('leave all others to the page', () => {
    const { press } = open();
    for (const key of ['Tab', 'F10', 'k', ' ']) expect(press(key)).toBeUndefined();
    expect(press('t', { ctrlKey: true })).toBeUndefined();
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined();
    expect(press('ArrowLeft', { ctrlKey: true })).toBeUndefined();
  });

  it('are the user’s where he has changed them', () => {
    const { press, keymap, commands } = open();
    changeShortcut(keymap, commands, 'chart.key.trend', knownShortcut('L'));
    expect(press('l')).toEqual({ kind: 'tool', tool: 'trend' });
    expect(press('t')).toBeUndefined();
  });

  it('can be run as commands on a chart that is shown', () => {
    const { charts, commands } = open();
    const zoomIn = commands.find(({ id }) => id === 'chart.key.zoomIn');
    expect(zoomIn?.isEnabled?.()).toBe(false);
    const done: ChartKeyAction[] = [];
    charts.add('chart-1', (action) => done.push(action) > 0);
    expect(zoomIn?.isEnabled?.()).toBe(true);
    zoomIn?.run();
    expect(done).toEqual([{ kind: 'zoom', steps: 1 }]);
  });
});
