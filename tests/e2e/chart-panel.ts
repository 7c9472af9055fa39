import type { Page } from 'playwright-core';
import { eventually } from '../support/hub-connection.ts';

/** The chart as its user has it: what it says of itself, and where things are on it. */
export class ChartOnScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  attribute(name: string): Promise<string | null> {
    return this.#page.getByTestId('chart').first().getAttribute(`data-${name}`);
  }

  async number(name: string): Promise<number> {
    return Number(await this.attribute(name));
  }

  until(name: string, isIt: (value: number) => boolean): Promise<number> {
    return eventually(() => this.number(name), isIt);
  }

  untilIs(name: string, value: string): Promise<string | null> {
    return eventually(
      () => this.attribute(name),
      (text) => text === value,
    );
  }

  /** A point of the canvas by its shares of the width and the height. */
  async at(x: number, y: number): Promise<[number, number]> {
    const box = await this.#page.getByTestId('chart-canvas').first().boundingBox();
    if (box === null) throw new Error('the chart is not on the screen');
    return [box.x + box.width * x, box.y + box.height * y];
  }

  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const { mouse } = this.#page;
    await mouse.move(...(await this.at(...from)));
    await mouse.down();
    await mouse.move(...(await this.at(...to)), { steps: 4 });
    await mouse.up();
  }

  /**
   * By the price axis: it no longer follows the market, which would take a line from under the pointer, and
   * it leaves more room on both sides.
   */
  holdScale(): Promise<void> {
    return this.drag([0.996, 0.5], [0.996, 0.56]);
  }

  /** To the chart itself, as by the Tab key. */
  focus(): Promise<void> {
    return this.#page.getByTestId('chart-canvas').first().focus();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** What was asked for is on the screen: a frame for the work, and one for what came of it. */
  drawn(): Promise<void> {
    return this.#page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
    );
  }

  legend(): Promise<string> {
    return this.#page.locator('[data-part="legend"]').first().innerText();
  }

  /** What the screen shows of indicators and compared instruments. */
  seriesLegend(): Promise<string> {
    return this.#page.locator('[data-part="series-legend"]').first().innerText();
  }
}
