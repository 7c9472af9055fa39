import { beforeEach, describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { roundedPrice } from '../../../ui/rounded-price.ts';
import { LevelBoard } from './level-board.ts';
import type { Level, Levels } from './levels.ts';

const PRICE_INCREMENT = 0.1;
const level = (id: string, price: number): Level => ({ id, price });
const at = (y: number) => ({ x: 10, y });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A hub that answers when the test says so. A pixel down is a unit of price less, from 100. */
class FakeLevels implements Levels<Level> {
  kept = [level('a', 50), level('b', 80)];
  readonly asked: string[] = [];
  answer: (result: Result<unknown>) => void = () => undefined;
  list = () => this.kept;
  move = (id: string, price: number) => this.#ask(`move ${id} ${price}`);
  remove = (id: string) => this.#ask(`remove ${id}`);
  #ask(what: string): Promise<Result<unknown>> {
    this.asked.push(what);
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }
}

describe('LevelBoard', () => {
  let levels: FakeLevels;
  let board: LevelBoard<Level>;
  let failures: string[];

  beforeEach(() => {
    levels = new FakeLevels();
    failures = [];
    board = new LevelBoard({
      ...{ levels, yOf: (price) => 100 - price, priceAt: (y) => 100 - y },
      rounded: (price) => roundedPrice(price, PRICE_INCREMENT),
      ...{ onChange: () => undefined, onFailure: (message) => failures.push(message) },
    });
  });

  const shown = () => board.shown.map(({ price }) => price);

  it('is taken hold of near a level only, and says so by the pointer', () => {
    expect([board.press(at(30)), board.press(at(53))]).toEqual([false, true]);
    expect([board.selectedId, board.cursorAt(at(30))]).toEqual(['a', 'ns-resize']);
    board.release();
    expect([board.cursorAt(at(30)), board.cursorAt(at(19))]).toEqual([null, 'ns-resize']);
    expect(levels.asked).toEqual([]);
  });

  it('is dragged, asks the hub once, and stays where it was put until that answers', async () => {
    board.press(at(50));
    board.move(at(45));
    board.move(at(40));
    expect(shown()).toEqual([60, 80]);
    board.release();
    expect([levels.asked, shown()]).toEqual([['move a 60'], [60, 80]]);
    levels.kept = [level('a', 60), level('b', 80)];
    levels.answer(succeed(null));
    await settled();
    expect([shown(), failures]).toEqual([[60, 80], []]);
  });

  it('goes back where the hub said no, and says why', async () => {
    board.press(at(50));
    board.move(at(40));
    board.release();
    levels.answer(fail('invalid_payload', 'not at that price'));
    await settled();
    expect([shown(), failures]).toEqual([[50, 80], ['not at that price']]);
  });

  it('gives up the drag, then the selection', () => {
    board.press(at(50));
    board.move(at(40));
    expect([board.cancel(), shown()]).toEqual([true, [50, 80]]);
    board.release();
    expect([levels.asked, board.cancel(), board.selectedId, board.cancel()]).toEqual([
      ...[[], true, null, false],
    ]);
  });

  it('is selected where the menu is asked for', () => {
    expect([board.selectAt(at(33)), board.selectedId]).toEqual([false, null]);
    expect([board.selectAt(at(22)), board.selectedId]).toEqual([true, 'b']);
  });

  it('is removed by a key when it is selected', () => {
    expect(board.removeSelected()).toBe(false);
    board.select('b');
    expect([board.removeSelected(), board.selectedId]).toEqual([true, null]);
    expect(levels.asked).toEqual(['remove b']);
  });

  it('is moved by keys, one request at a time, to where it was moved last', async () => {
    expect(board.nudge(5)).toBe(false);
    board.select('b');
    for (const _ of [1, 2, 3]) board.nudge(5);
    expect([levels.asked, shown()]).toEqual([['move b 85'], [50, 95]]);
    levels.answer(succeed(null));
    await settled();
    expect([levels.asked, shown()]).toEqual([
      ['move b 85', 'move b 95'],
      [50, 95],
    ]);
    levels.answer(fail('invalid_state', 'no longer open'));
    await settled();
    expect([levels.asked.length, shown(), failures]).toEqual([2, [50, 80], ['no longer open']]);
  });

  it('is moved to a price of the instrument, whatever the sum of two of them is', () => {
    levels.kept = [level('a', 57_210.6)];
    board.select('a');
    board.nudge(-11.3);
    expect(levels.asked).toEqual(['move a 57199.3']);
  });
});
