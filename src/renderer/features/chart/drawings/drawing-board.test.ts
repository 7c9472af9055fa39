import { beforeEach, describe, expect, it } from 'vitest';
import type { Anchor, Drawing } from '../../../stores/drawing-store.ts';
import { type BoardGround, DrawingBoard } from './drawing-board.ts';

/** A pixel is a millisecond to the right and a unit of price upwards; a bar is 10 wide. */
const ground: BoardGround = {
  size: { width: 500, height: 200 },
  pixelOf: ({ time, price }) => ({ x: time, y: 200 - price }),
  anchorAt: ({ x, y }, isSnapped) => ({
    time: Math.round(x / 10) * 10,
    price: isSnapped ? Math.round((200 - y) / 50) * 50 : 200 - y,
  }),
  shifted: ({ time, price }, bars, by) => ({ time: time + bars * 10, price: price + by }),
  barsBetween: (from, to) => (to.time - from.time) / 10,
};

const at = (x: number, y: number) => ({ x, y });

describe('DrawingBoard', () => {
  let kept: readonly Drawing[];
  let board: DrawingBoard;
  let steps: number;

  beforeEach(() => {
    kept = [];
    steps = 0;
    let ids = 0;
    board = new DrawingBoard({
      ground,
      drawings: {
        list: () => kept,
        change: (change) => {
          kept = change(kept);
          steps += 1;
        },
      },
      newId: () => `d${++ids}`,
      onChange: () => undefined,
    });
  });

  const click = (x: number, y: number, isSnapped = false) => {
    const isTaken = board.press(at(x, y), isSnapped);
    board.release(at(x, y), isSnapped);
    return isTaken;
  };
  const drag = (from: readonly [number, number], to: readonly [number, number], snap = false) => {
    const isTaken = board.press(at(...from), snap);
    board.move(at(...to), snap);
    board.release(at(...to), snap);
    return isTaken;
  };
  const ends = (drawing: Drawing | undefined): readonly (Anchor | number)[] =>
    drawing === undefined
      ? []
      : drawing.kind === 'level'
        ? [drawing.price]
        : [drawing.from, drawing.to];

  it('makes a level with one click, selects it and puts the tool away', () => {
    board.setTool('level');
    expect(click(100, 50)).toBe(true);
    expect(kept).toEqual([{ id: 'd1', kind: 'level', price: 150 }]);
    expect([board.tool, board.selectedId]).toEqual([null, 'd1']);
  });

  it.each(['trend', 'ray', 'rectangle', 'measure'] as const)(
    'makes a %s with two clicks, or with one drag',
    (kind) => {
      board.setTool(kind);
      click(100, 50);
      board.move(at(150, 80), false);
      expect(ends(board.shown[0])[1]).toEqual({ time: 150, price: 120 });
      expect(kept).toEqual([]);
      click(200, 100);
      board.setTool(kind);
      drag([10, 10], [60, 60]);
      expect(kept.map((drawing) => [drawing.kind, ...ends(drawing)])).toEqual([
        [kind, { time: 100, price: 150 }, { time: 200, price: 100 }],
        [kind, { time: 10, price: 190 }, { time: 60, price: 140 }],
      ]);
    },
  );

  it('snaps while the modifier is held', () => {
    board.setTool('trend');
    click(100, 62, true);
    click(200, 62, false);
    expect(ends(kept[0])).toEqual([
      { time: 100, price: 150 },
      { time: 200, price: 138 },
    ]);
  });

  it('leaves the press to the chart where there is nothing, and lets go of what was selected', () => {
    board.setTool('level');
    click(100, 50);
    expect(click(100, 120)).toBe(false);
    expect(board.selectedId).toBeNull();
  });

  describe('with a trend line', () => {
    beforeEach(() => {
      board.setTool('trend');
      drag([100, 100], [200, 100]);
      board.select(null);
      steps = 0;
    });

    it('moves it as a whole by its middle: one step, though it was drawn on the way', () => {
      expect(drag([150, 102], [170, 82])).toBe(true);
      expect(ends(kept[0])).toEqual([
        { time: 120, price: 120 },
        { time: 220, price: 120 },
      ]);
      expect(steps).toBe(1);
    });

    it('moves an end by itself', () => {
      drag([199, 101], [250, 50], true);
      expect(ends(kept[0])).toEqual([
        { time: 100, price: 100 },
        { time: 250, price: 150 },
      ]);
    });

    it('takes a click for a selection and nothing else', () => {
      drag([150, 100], [152, 101]);
      expect([board.selectedId, steps]).toEqual(['d1', 0]);
    });

    it('gives up step by step: the drag, then the selection', () => {
      board.press(at(150, 100), false);
      board.move(at(180, 60), false);
      expect(board.cancel()).toBe(true);
      expect(ends(board.shown[0])[0]).toEqual({ time: 100, price: 100 });
      expect([board.cancel(), board.selectedId, board.cancel()]).toEqual([true, null, false]);
    });

    it('is nudged and removed when selected, and only then', () => {
      expect([board.nudge(1, 1), board.removeSelected()]).toEqual([false, false]);
      board.select('d1');
      expect(board.nudge(-2, 5)).toBe(true);
      expect(ends(kept[0])[0]).toEqual({ time: 80, price: 105 });
      expect(board.removeSelected()).toBe(true);
      expect([kept, board.selectedId]).toEqual([[], null]);
    });

    it('tells by the pointer what a press would do', () => {
      expect([board.cursorAt(at(150, 101)), board.cursorAt(at(150, 150))]).toEqual(['grab', null]);
      board.setTool('measure');
      expect(board.cursorAt(at(150, 150))).toBe('crosshair');
    });
  });

  it('takes hold of what lies on top: what was drawn last', () => {
    for (const _ of [1, 2]) {
      board.setTool('rectangle');
      drag([100, 50], [200, 150]);
    }
    board.select(null);
    click(150, 100);
    expect(board.selectedId).toBe('d2');
  });

  it('is drawn by the keyboard as by the mouse: place, aim, place', () => {
    board.setTool('trend');
    board.place({ time: 10, price: 20 });
    board.aim({ time: 50, price: 60 });
    expect(board.isBusy).toBe(true);
    board.place({ time: 50, price: 60 });
    expect(ends(kept[0])).toEqual([
      { time: 10, price: 20 },
      { time: 50, price: 60 },
    ]);
    expect(board.place({ time: 1, price: 1 })).toBe(false);
  });
});
