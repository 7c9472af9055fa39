/**
 * An element's inner size and scroll position without asking for them in each frame, which would
 * make the browser lay the page out in the midst of drawing. `dispose` stops the watching.
 */
export class MeasuredBox {
  readonly #element: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #onScroll = (): void => {
    this.#scrollTop = this.#element.scrollTop;
  };
  #height: number;
  #width: number;
  #scrollTop: number;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#height = element.clientHeight;
    this.#width = element.clientWidth;
    this.#scrollTop = element.scrollTop;
    this.#observer = new ResizeObserver(() => {
      this.#height = element.clientHeight;
      this.#width = element.clientWidth;
      this.#scrollTop = element.scrollTop;
    });
    this.#observer.observe(element);
    element.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  /** CSS pixels, padding included. */
  get height(): number {
    return this.#height;
  }

  get width(): number {
    return this.#width;
  }

  get scrollTop(): number {
    return this.#scrollTop;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#element.removeEventListener('scroll', this.#onScroll);
  }
}
