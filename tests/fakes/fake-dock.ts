import type { Direction, Dock } from '#renderer/workspace/dock.ts';
import type { LayoutNode, Stack } from '#renderer/workspace/layout.ts';

/** A dock that is one stack of tabs: enough to see what the workspace asks of it. */
export class FakeDock implements Dock {
  readonly asked: (readonly unknown[])[] = [];
  readonly #listeners = new Set<() => void>();
  #root: LayoutNode | null = null;
  #active: string | null = null;

  get activePanelId(): string | null {
    return this.#active;
  }

  get panelIds(): readonly string[] {
    return panelsIn(this.#root);
  }

  load(root: LayoutNode | null): void {
    this.#root = root;
    this.#active = this.panelIds[0] ?? null;
  }

  read(): LayoutNode | null {
    return this.#root;
  }

  add(panelId: string): void {
    this.#put([...this.panelIds, panelId], panelId);
  }

  close(panelId: string): void {
    const left = this.panelIds.filter((id) => id !== panelId);
    this.#put(left, left[0] ?? null);
  }

  activate(panelId: string): void {
    this.#active = panelId;
    this.#tell();
  }

  focusStack(step: 1 | -1): void {
    this.asked.push(['focusStack', step]);
  }

  focusTab(step: 1 | -1): void {
    this.asked.push(['focusTab', step]);
  }

  focusSearch(panelId: string): void {
    this.asked.push(['focusSearch', panelId]);
  }

  move(panelId: string, direction: Direction): void {
    this.asked.push(['move', panelId, direction]);
  }

  resize(panelId: string, direction: Direction): void {
    this.asked.push(['resize', panelId, direction]);
  }

  toggleMaximized(panelId: string): void {
    this.asked.push(['toggleMaximized', panelId]);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #put(panels: readonly string[], active: string | null): void {
    const stack = (): Stack => ({
      type: 'stack',
      share: 1,
      panels: [...panels],
      active: active ?? '',
    });
    this.#root = panels.length === 0 ? null : stack();
    this.#active = active;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const panelsIn = (node: LayoutNode | null): readonly string[] => {
  if (node === null) return [];
  return node.type === 'stack' ? node.panels : node.children.flatMap(panelsIn);
};
