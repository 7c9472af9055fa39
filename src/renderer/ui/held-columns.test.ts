import { describe, expect, it } from 'vitest';
import { HeldColumns } from './held-columns.ts';

/** A table as the browser would lay it out: by what is in it, or by its headings' widths. */
class FakeTable {
  readonly style = { tableLayout: '', width: '' };
  readonly headings: { readonly style: { width: string }; isHidden: boolean }[];
  measurements = 0;
  /** Of what it stands in, in pixels. */
  roomPx = 1_000;
  /** What each cell of the rows in sight needs, in pixels. */
  shown: readonly (readonly number[])[] = [];
  readonly #headingPx: readonly number[];

  constructor(headingPx: readonly number[]) {
    this.#headingPx = headingPx;
    this.headings = headingPx.map(() => ({ style: { width: '' }, isHidden: false }));
  }

  get widths(): readonly number[] {
    return this.headings.map(({ isHidden }, column) => (isHidden ? 0 : this.#width(column)));
  }

  asElement(): HTMLTableElement {
    const table = this;
    return {
      style: this.style,
      get parentElement() {
        return { clientWidth: table.roomPx };
      },
      get offsetWidth() {
        return table.widths.reduce((sum, px) => sum + px, 0);
      },
      get tHead() {
        return { rows: [{ cells: table.#headingCells() }] };
      },
      get tBodies() {
        return [{ rows: table.shown }];
      },
      get rows() {
        return [
          { cells: table.#headingCells() },
          ...table.shown.map((row) => ({
            cells: row.map((px, column) => table.#cell(px, column)),
          })),
        ];
      },
    } as unknown as HTMLTableElement;
  }

  #headingCells() {
    return this.headings.map((heading, column) => ({
      ...heading,
      ...this.#cell(this.#headingPx[column] ?? 0, column),
      offsetParent: heading.isHidden ? null : {},
      getBoundingClientRect: () => {
        if (column === 0) this.measurements += 1;
        return { width: this.widths[column] };
      },
    }));
  }

  #cell(px: number, column: number) {
    const width = this.widths[column] ?? 0;
    return { clientWidth: width, scrollWidth: width === 0 ? 0 : Math.max(width, px) };
  }

  #width(column: number): number {
    const own = Number.parseFloat(this.headings[column]?.style.width ?? '');
    if (this.style.tableLayout === 'fixed') return own;
    return Math.max(this.#headingPx[column] ?? 0, ...this.shown.map((row) => row[column] ?? 0));
  }
}

describe('columns that are held', () => {
  function open() {
    const table = new FakeTable([40, 50]);
    const held = new HeldColumns(table.asElement());
    const show = (...rows: readonly (readonly number[])[]) => {
      table.shown = rows;
      held.update();
      return table.widths;
    };
    return { table, held, show };
  }

  it('are as wide as what is in them, and stay so while shorter rows come', () => {
    const { table, show } = open();
    expect(show([80, 30], [60, 70.4])).toEqual([80, 71]);
    expect(show([20, 20])).toEqual([80, 71]);
    expect([table.style.tableLayout, table.style.width, table.measurements]).toEqual([
      ...['fixed', '', 1],
    ]);
  });

  it('grow for what would be cut, and only then are measured', () => {
    const { table, show } = open();
    show([80, 30]);
    expect(show([20, 90])).toEqual([80, 90]);
    expect(show([79, 89])).toEqual([80, 90]);
    expect(table.measurements).toBe(2);
  });

  it('shrink where the table has become too narrow for them, once', () => {
    const { table, held, show } = open();
    show([200, 80]);
    table.roomPx = 300;
    expect(show([100, 80])).toEqual([200, 80]);
    table.roomPx = 150;
    expect(show([100, 80])).toEqual([100, 80]);
    held.update();
    expect(table.measurements).toBe(2);
  });

  it('wait for the first row', () => {
    const { table, show } = open();
    show();
    expect([table.style.tableLayout, table.measurements]).toEqual(['', 0]);
  });

  it('that a wider table shows again get their room', () => {
    const { table, held, show } = open();
    const [, second] = table.headings;
    if (second === undefined) throw new Error('there are two');
    second.isHidden = true;
    expect(show([80, 30])).toEqual([80, 0]);
    second.isHidden = false;
    held.update();
    expect(table.widths).toEqual([80, 50]);
  });
});
