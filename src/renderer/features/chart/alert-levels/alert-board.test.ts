import { beforeEach, describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Price } from '#domain/units.ts';
import { AlertBoard } from './alert-board.ts';
import type { AlertLevels, ShownLevel } from './alert-levels.ts';

const level = (ruleId: string, price: number): ShownLevel => ({
  ...{ ruleId, name: ruleId, price: price as Price, isEnabled: true },
});
const at = (y: number) => ({ x: 10, y });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A hub that answers when the test says so. A pixel down is a unit of price less, from 100. */
class FakeLevels implements AlertLevels {
  kept = [level('a', 50), level('b', 80)];
  readonly asked: string[] = [];
  answer: (result: Result<unknown>) => void = () => undefined;
  list = () => this.kept;
  subscribe = () => () => undefined;
  create = (price: number) => this.#ask(`create ${price}`);
  move = (ruleId: string, price: number) => this.#ask(`move ${ruleId} ${price}`);
  remove = (ruleId: string) => this.#ask(`remove ${ruleId}`);
  #ask(what: string): Promise<Result<unknown>> {
    this.asked.push(what);
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }
}

describe('AlertBoard', () => {
  let levels: FakeLevels;
  let board: AlertBoard;
  let failures: string[];

  beforeEach(() => {
    levels = new FakeLevels();
    failures = [];
    board = new AlertBoard({
      ...{ levels, yOf: (price) => 100 - price, priceAt: (y) => 100 - y },
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

  it('is moved and removed by keys when it is selected', () => {
    expect([board.nudge(5), board.removeSelected()]).toEqual([false, false]);
    board.select('b');
    board.nudge(5);
    board.nudge(5);
    expect([levels.asked, shown()]).toEqual([
      ['move b 85', 'move b 90'],
      [50, 90],
    ]);
    expect([board.removeSelected(), board.selectedId]).toEqual([true, null]);
    expect(levels.asked.at(-1)).toBe('remove b');
  });

  it('is made at a price', async () => {
    const made = board.create(70);
    levels.answer(fail('limit_reached' as never, 'too many rules'));
    await made;
    expect([levels.asked, failures]).toEqual([['create 70'], ['too many rules']]);
  });
});
