import { describe, expect, it } from 'vitest';
import { chartKeyAction, type KeyPress, toolKey } from './chart-keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}) =>
  chartKeyAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('the keys of the chart', () => {
  it('move by a bar or a step of the price, and ten times as far with Shift', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'move', bars: -1, steps: 0 });
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'move', bars: 0, steps: 10 });
  });

  it('snap to the bar’s prices with Control or Command', () => {
    expect(press('ArrowUp', { ctrlKey: true })).toEqual({ kind: 'snap', direction: 1 });
    expect(press('ArrowDown', { metaKey: true })).toEqual({ kind: 'snap', direction: -1 });
  });

  it('go back and forth', () => {
    expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' });
    expect(press('Z', { metaKey: true, shiftKey: true })).toEqual({ kind: 'redo' });
    expect(press('y', { ctrlKey: true })).toEqual({ kind: 'redo' });
  });

  it('take up tools, select, remove, zoom and open the menu', () => {
    expect(press('t')).toEqual({ kind: 'tool', tool: 'trend' });
    expect(toolKey('rectangle')).toBe('b');
    expect(press(']')).toEqual({ kind: 'select', step: 1 });
    expect(press('Delete')).toEqual({ kind: 'remove' });
    expect(press('-')).toEqual({ kind: 'zoom', steps: -1 });
    expect(press('F10', { shiftKey: true })).toEqual({ kind: 'menu' });
  });

  it('leave all others to the page', () => {
    for (const key of ['Tab', 'F10', 'k', ' ']) expect(press(key)).toBeNull();
    expect(press('t', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('ArrowLeft', { ctrlKey: true })).toBeNull();
  });
});
