/** Points and commas are narrow; all else in figures is as wide as a digit. */
const NARROW = /[.,]/g;
const NARROW_SHARE = 0.5;

const digitsOf = (text: string): number =>
  text.length - NARROW_SHARE * (text.match(NARROW)?.length ?? 0);

/**
 * How many digits wide the longest figure of each column of a list was that is drawn by hand, as custom
 * properties of an element around it: `--price-ch`. A column that has become wider stays so.
 */
export class ColumnRoom<Name extends string> {
  readonly #element: HTMLElement;
  readonly #longest = new Map<Name, number>();
  /** At which it was last looked at; null: the columns have others since. */
  #widthPx: number | null = null;

  constructor(element: HTMLElement, names: readonly Name[]) {
    this.#element = element;
    for (const name of names) this.#set(name, 0);
  }

  see(name: Name, text: string): void {
    const known = this.#longest.get(name) ?? 0;
    // No text is wider than it is long: of each of many rows a second no more is asked.
    if (text.length > known && digitsOf(text) > known) this.#set(name, digitsOf(text));
  }

  /**
   * Says by `data-cramped` whether the columns, those of the element's first child, need more than its width:
   * what can be done without gives way, for a figure that is cut reads as another one. Cheap unless either changed.
   */
  fit(widthPx: number): void {
    if (this.#widthPx === widthPx) return;
    this.#widthPx = widthPx;
    const head = this.#element.firstElementChild;
    if (head === null) return;
    this.#element.toggleAttribute('data-cramped', false);
    this.#element.toggleAttribute('data-cramped', head.scrollWidth > head.clientWidth);
  }

  #set(name: Name, digits: number): void {
    this.#widthPx = null;
    this.#longest.set(name, digits);
    this.#element.style.setProperty(`--${name}-ch`, String(digits));
  }
}
