/**
 * Keeps a table's columns as wide as what has been in them needs, so that they stand still while rows
 * come and go: of a long table only the rows in sight are there to be measured. A column grows for what
 * would not fit, and shrinks only where the table has become too narrow for what was held.
 */
export class HeldColumns {
  readonly #table: HTMLTableElement;
  /** By column, in pixels; 0 while it has not been shown. */
  #needs: readonly number[] = [];
  /** Of the table's frame, when it was last looked at. */
  #roomPx = 0;

  constructor(table: HTMLTableElement) {
    this.#table = table;
  }

  /** To be called when rows have come or the table has another size. */
  update(): void {
    const { tBodies } = this.#table;
    const hasRows = (tBodies[0]?.rows.length ?? 0) > 0;
    if (!hasRows) return;
    if (this.#hasBecomeTooNarrow()) this.#needs = [];
    if (this.#lacksWidth() || hasCutCell(this.#table)) this.#measure();
  }

  /** Once for each time that its frame shrinks: names take less room in a narrow one. */
  #hasBecomeTooNarrow(): boolean {
    const roomPx = this.#table.parentElement?.clientWidth ?? 0;
    const hasShrunk = roomPx < this.#roomPx;
    this.#roomPx = roomPx;
    return hasShrunk && this.#table.offsetWidth > roomPx;
  }

  /** Whether a column is shown that was not when they were measured. */
  #lacksWidth(): boolean {
    return headingsOf(this.#table).some((one, index) => isShown(one) && !this.#needs[index]);
  }

  #measure(): void {
    const headings = headingsOf(this.#table);
    const { style } = this.#table;
    for (const heading of headings) heading.style.width = '';
    style.tableLayout = 'auto';
    // As wide as what is in it, and no wider.
    style.width = 'max-content';
    const measured = headings.map((one) => one.getBoundingClientRect().width);
    this.#needs = grownNeeds(this.#needs, measured);
    for (const [index, heading] of headings.entries()) {
      heading.style.width = `${this.#needs[index]}px`;
    }
    style.tableLayout = 'fixed';
    style.width = '';
  }
}

/** What columns need now, and at least what they needed before. */
const grownNeeds = (before: readonly number[], measured: readonly number[]): readonly number[] =>
  measured.map((px, index) => Math.max(Math.ceil(px), before[index] ?? 0));

const headingsOf = (table: HTMLTableElement): readonly HTMLTableCellElement[] => [
  ...(table.tHead?.rows[0]?.cells ?? []),
];

const isShown = (element: HTMLElement): boolean => element.offsetParent !== null;

const hasCutCell = (table: HTMLTableElement): boolean =>
  [...table.rows].some(({ cells }) =>
    [...cells].some((cell) => cell.scrollWidth > cell.clientWidth + 1),
  );
