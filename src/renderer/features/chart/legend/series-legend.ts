import { bindClassNames } from '../../../ui/class-names.ts';
import styles from '../chart.module.css';

const cx = bindClassNames(styles);

export interface LegendEntry {
  readonly id: string;
  readonly name: string;
  /** Which pane's corner it stands in; null: the prices'. */
  readonly pane: HTMLElement | null;
  /** CSS colours of its values. */
  readonly colors: readonly string[];
  readonly isHidden: boolean;
  readonly actions: readonly LegendAction[];
}

export interface LegendAction {
  readonly key: 'edit' | 'hide' | 'show' | 'remove';
  readonly label: string;
  readonly sign: string;
  readonly run: () => void;
}

interface DrawnEntry {
  readonly row: HTMLElement;
  readonly values: readonly HTMLElement[];
}

/** Names and values of indicators and compared instruments, in the corner of the pane of each. */
export class SeriesLegend {
  readonly #root: HTMLElement;
  readonly #entries = new Map<string, DrawnEntry>();
  readonly #corners = new Map<HTMLElement, HTMLElement>();
  readonly #observer: ResizeObserver;
  #drawn = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#observer = new ResizeObserver(() => this.#place());
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  /** Rows are made anew only when they are other ones: a button keeps its focus. */
  setEntries(entries: readonly LegendEntry[]): void {
    const panes = [...new Set(entries.map(({ pane }) => pane))];
    const drawn = JSON.stringify(
      entries.map(({ id, name, pane, colors, isHidden, actions }) => [
        ...[id, name, panes.indexOf(pane), colors, isHidden],
        actions.map(({ label }) => label),
      ]),
    );
    const isKnown = panes.every((pane) => pane === null || this.#corners.has(pane));
    if (drawn === this.#drawn && isKnown) return;
    this.#drawn = drawn;
    const focused = this.#focusedAction();
    this.#clear();
    for (const entry of entries) this.#cornerOf(entry.pane).append(this.#rowOf(entry));
    this.#root.querySelector<HTMLElement>(`[data-action="${focused}"]`)?.focus();
    this.#place();
  }

  write(id: string, texts: readonly string[]): void {
    this.#entries.get(id)?.values.forEach((element, index) => {
      const text = texts[index] ?? '';
      if (element.textContent !== text) element.textContent = text;
    });
  }

  #clear(): void {
    this.#observer.disconnect();
    this.#entries.clear();
    this.#corners.clear();
    this.#root.replaceChildren();
  }

  #focusedAction(): string {
    const active = document.activeElement;
    return active !== null && this.#root.contains(active)
      ? (active.getAttribute('data-action') ?? '')
      : '';
  }

  #cornerOf(pane: HTMLElement | null): HTMLElement {
    const key = pane ?? this.#root;
    const known = this.#corners.get(key);
    if (known !== undefined) return known;
    const corner = document.createElement('ul');
    corner.className = cx('corner');
    this.#corners.set(key, corner);
    this.#root.append(corner);
    if (pane !== null) this.#observer.observe(pane);
    return corner;
  }

  #place(): void {
    const top = this.#root.getBoundingClientRect().top;
    for (const [pane, corner] of this.#corners) {
      if (pane === this.#root) continue;
      corner.style.top = `${pane.getBoundingClientRect().top - top}px`;
    }
  }

  #rowOf({ id, name, colors, isHidden, actions }: LegendEntry): HTMLElement {
    const row = document.createElement('li');
    row.className = cx('entry', isHidden && 'entryHidden');
    row.dataset['testid'] = `legend-${id}`;
    const title = document.createElement('span');
    title.textContent = name;
    const values = colors.map((color) => {
      const value = document.createElement('span');
      value.className = cx('entryValue');
      value.style.color = color;
      return value;
    });
    const buttons = actions.map((action) => buttonOf(id, action));
    row.append(title, ...values, ...buttons);
    this.#entries.set(id, { row, values });
    return row;
  }
}

function buttonOf(id: string, { key, label, sign, run }: LegendAction): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = cx('entryAction');
  button.setAttribute('aria-label', label);
  button.title = label;
  button.textContent = sign;
  // Hiding and showing are one button.
  const name = key === 'show' ? 'hide' : key;
  button.dataset['action'] = `${name}-${id}`;
  button.dataset['testid'] = `legend-${name}-${id}`;
  button.addEventListener('click', run);
  return button;
}
