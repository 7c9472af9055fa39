import { invariant } from '#domain/assert.ts';
import { THEME_EVENT } from '../../preferences/appearance.ts';

/** The colours of `tokens.css` that canvases draw with. */
export interface SurfaceColors {
  readonly ground: string;
  readonly text: string;
  readonly strong: string;
  readonly line: string;
  readonly grid: string;
  readonly up: string;
  readonly upGround: string;
  readonly down: string;
  readonly downGround: string;
  readonly isLight: boolean;
  readonly font: string;
}

/**
 * A canvas that fills its element, sharp on every screen, in the colours of the theme. It measures
 * itself only when its element changes, never while it draws.
 */
export class CanvasSurface {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #root: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #onTheme: () => void;
  #colors: SurfaceColors | null = null;
  #width: number;
  #height: number;

  /** `onChange`: the size or the colours are others; draw again. */
  constructor(root: HTMLElement, onChange: () => void) {
    const context = this.canvas.getContext('2d');
    invariant(context !== null, 'no 2d context');
    this.#context = context;
    this.#root = root;
    this.#width = root.clientWidth;
    this.#height = root.clientHeight;
    this.canvas.setAttribute('role', 'img');
    root.append(this.canvas);
    this.#observer = new ResizeObserver(() => {
      this.#width = root.clientWidth;
      this.#height = root.clientHeight;
      onChange();
    });
    this.#observer.observe(root);
    this.#onTheme = () => {
      this.#colors = null;
      onChange();
    };
    window.addEventListener(THEME_EVENT, this.#onTheme);
  }

  /** CSS pixels. */
  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  get colors(): SurfaceColors {
    this.#colors ??= readColors(this.#root);
    return this.#colors;
  }

  /** An empty canvas, to be drawn on in CSS pixels. */
  begin(): CanvasRenderingContext2D {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(this.#width * ratio));
    const height = Math.max(1, Math.round(this.#height * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${this.#width}px`;
      this.canvas.style.height = `${this.#height}px`;
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, this.#width, this.#height);
    return this.#context;
  }

  dispose(): void {
    this.#observer.disconnect();
    window.removeEventListener(THEME_EVENT, this.#onTheme);
    this.canvas.remove();
  }
}

function readColors(element: Element): SurfaceColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: color('--panel'),
    text: color('--text-dim'),
    strong: color('--text-strong'),
    line: color('--line-strong'),
    grid: color('--line'),
    up: color('--up'),
    upGround: color('--up-ground'),
    down: color('--down'),
    downGround: color('--down-ground'),
    isLight: style.colorScheme === 'light',
    font: `11px ${style.fontFamily}`,
  };
}
