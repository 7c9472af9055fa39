import { createStore } from 'zustand/vanilla';
import type { TimerClock } from '#domain/clock.ts';
import { defaultLayout, remadeLayout, widthClassOf } from './default-layout.ts';
import { type KeptLayouts, type LayoutLibrary, layoutNameSchema } from './kept-layouts.ts';
import { isSameArrangement, type Layout } from './layout.ts';
import { nameOfFile, parseLayoutText } from './layout-files.ts';
import type { Workspace } from './workspace.ts';

/** What is said once about layouts, in one sentence. */
export type LayoutNotice =
  /** What was kept could not be read. */
  | { readonly kind: 'damaged' | 'libraryDamaged' }
  | {
      /** `replaced`: saved in place of what another window had saved meanwhile. */
      readonly kind: 'importDamaged' | 'saved' | 'replaced' | 'duplicated' | 'deleted' | 'imported';
      readonly name: string;
    }
  /** Another window had this one's layout. */
  | { readonly kind: 'reset' | 'copied' }
  /** One left a layout that was changed and not saved; null is the one that Tapedeck comes with. */
  | { readonly kind: 'left'; readonly name: string | null };

export interface LayoutsState {
  /** The saved layout that one works in; null for the one that Tapedeck comes with. */
  readonly name: string | null;
  readonly names: readonly string[];
  /** It no longer looks as it was saved. */
  readonly isModified: boolean;
}

export interface LayoutsOptions {
  readonly workspace: Pick<Workspace, 'layout' | 'apply' | 'onChange'>;
  readonly kept: KeptLayouts;
  readonly clock: Pick<TimerClock, 'setTimeout'>;
  /** The saved layout that a new window begins with; null: none is named. */
  readonly layoutName: string | null;
  /** Of the page now, in pixels. */
  readonly windowWidth: () => number;
  /** Tells the user, with how it is taken back where it can be. */
  readonly say: (notice: LayoutNotice, undo?: () => void) => void;
}

/** Why a layout cannot be called so. */
export type NameRefusal = 'unusable' | 'taken';

/** Changes are written when they have come to rest for so long. */
const WRITE_AFTER_MS = 300;

/** The layouts by their names, and the one at work: it is kept as it is, saved or not. */
export class Layouts {
  readonly store = createStore<LayoutsState>(() => ({
    name: null,
    names: [],
    isModified: false,
  }));
  readonly #options: LayoutsOptions;
  #library: LayoutLibrary = [];
  #cancelWrite: (() => void) | null = null;
  /** Another window has saved the layout that one works in here, and it was not looked at since. */
  #isSavedElsewhere = false;
  /** How wide the window was when the default layout was last made. */
  #madeForWidth: number;

  constructor(options: LayoutsOptions) {
    this.#options = options;
    this.#madeForWidth = options.windowWidth();
    this.#start();
    options.workspace.onChange(() => this.#changed());
  }

  /** Writes what waits to be written: the page goes away. */
  flush(): void {
    if (this.#cancelWrite === null) return;
    this.#cancelWrite();
    this.#write();
  }

  /** A default layout that nobody has changed is made anew for a window of another class. */
  windowResized(): void {
    const width = this.#options.windowWidth();
    const { name, isModified } = this.store.getState();
    if (name !== null || isModified) return;
    if (widthClassOf(width) === widthClassOf(this.#madeForWidth)) return;
    this.#madeForWidth = width;
    this.#apply(null, remadeLayout(this.#options.workspace.layout, width));
  }

  /** Another window has changed the library. */
  reloadLibrary(): void {
    const { name } = this.store.getState();
    const before = this.#savedAs(name);
    this.#library = this.#options.kept.readLibrary() ?? [];
    const now = this.#savedAs(name);
    if (before && now && !isSameArrangement(before, now)) this.#isSavedElsewhere = true;
    this.#refresh();
  }

  save(): void {
    const { name } = this.store.getState();
    if (name === null) return;
    const others = this.#isSavedElsewhere ? this.#savedAs(name) : undefined;
    this.#keep(name, this.#options.workspace.layout);
    if (others === undefined) this.#say({ kind: 'saved', name });
    else {
      this.#say({ kind: 'replaced', name }, () => {
        this.#keep(name, others);
        this.#isSavedElsewhere = true;
      });
    }
  }

  saveAs(wished: string): NameRefusal | null {
    const name = this.#freeName(wished);
    if (typeof name !== 'string') return name.refusal;
    this.store.setState({ name });
    this.#keep(name, this.#options.workspace.layout);
    this.#changed();
    this.#say({ kind: 'saved', name });
    return null;
  }

  /** Keeps what is shown under a number more, and goes on in that. `unnamed`: what one without a name is called. */
  duplicate(unnamed: string): void {
    const undo = this.#returning();
    const name = this.#numbered(this.store.getState().name ?? unnamed, 2);
    this.store.setState({ name });
    this.#keep(name, this.#options.workspace.layout);
    this.#changed();
    this.#say({ kind: 'duplicated', name }, () => {
      this.#setLibrary(this.#library.filter((one) => one.name !== name));
      undo();
    });
  }

  rename(from: string, wished: string): NameRefusal | null {
    if (from === wished.trim()) return null;
    const name = this.#freeName(wished);
    if (typeof name !== 'string') return name.refusal;
    this.#setLibrary(this.#library.map((one) => (one.name === from ? { ...one, name } : one)));
    if (this.store.getState().name === from) this.store.setState({ name });
    this.#changed();
    return null;
  }

  remove(name: string): void {
    const removed = this.#library.find((one) => one.name === name);
    const { name: current } = this.store.getState();
    this.#setLibrary(this.#library.filter((one) => one !== removed));
    if (current === name) this.store.setState({ name: null });
    this.#changed();
    this.#say({ kind: 'deleted', name }, () => {
      if (removed && !this.#isSaved(name)) this.#keep(name, removed.layout);
      if (current === name) this.store.setState({ name });
    });
  }

  /** Goes to a saved layout, or with null to the one that Tapedeck comes with. */
  switchTo(name: string | null): void {
    const { name: left, isModified } = this.store.getState();
    const undo = this.#returning();
    if (name === null) this.#madeForWidth = this.#options.windowWidth();
    this.#apply(name, this.#saved(name));
    if (isModified) this.#say({ kind: 'left', name: left }, undo);
  }

  /** Back to the arrangement that Tapedeck comes with. Saved layouts stay as they are. */
  reset(): void {
    const undo = this.#returning();
    this.#madeForWidth = this.#options.windowWidth();
    this.#apply(null, this.#saved(null));
    this.#say({ kind: 'reset' }, undo);
  }

  /** Takes in a file as one more layout. One that is no layout changes nothing. */
  import(fileName: string, text: string): void {
    const layout = parseLayoutText(text);
    if (layout === null) {
      this.#say({ kind: 'importDamaged', name: fileName });
      return;
    }
    const undo = this.#returning();
    const name = this.#numbered(nameOfFile(fileName));
    this.#keep(name, layout);
    this.#apply(name, layout);
    this.#say({ kind: 'imported', name }, () => {
      this.#setLibrary(this.#library.filter((one) => one.name !== name));
      undo();
    });
  }

  #start(): void {
    const { kept, layoutName } = this.#options;
    const library = kept.readLibrary();
    this.#library = library ?? [];
    const own = kept.readWorking();
    const copied = own === undefined ? kept.readCopied() : null;
    const working = copied ?? own;
    const name = layoutName !== null && this.#isSaved(layoutName) ? layoutName : null;
    if (working) {
      this.#madeForWidth = working.madeForWidth ?? this.#madeForWidth;
      this.#apply(working.name, working.layout);
      this.windowResized();
    } else this.#apply(name, this.#saved(name));
    if (copied !== null) this.#say({ kind: 'copied' });
    if (working === null) this.#say({ kind: 'damaged' });
    else if (library === null) this.#say({ kind: 'libraryDamaged' });
  }

  #apply(name: string | null, layout: Layout): void {
    this.#isSavedElsewhere = false;
    this.store.setState({ name });
    this.#options.workspace.apply(layout);
    this.#changed();
  }

  /** How to be again where one is now. */
  #returning(): () => void {
    const { name } = this.store.getState();
    const { layout } = this.#options.workspace;
    const madeForWidth = this.#madeForWidth;
    return () => {
      this.#madeForWidth = madeForWidth;
      this.#apply(name, layout);
    };
  }

  #isSaved(name: string): boolean {
    return this.#library.some((one) => one.name === name);
  }

  #savedAs(name: string | null): Layout | undefined {
    return this.#library.find((one) => one.name === name)?.layout;
  }

  #saved(name: string | null): Layout {
    return this.#savedAs(name) ?? defaultLayout(this.#madeForWidth);
  }

  #keep(name: string, layout: Layout): void {
    if (name === this.store.getState().name) this.#isSavedElsewhere = false;
    const others = this.#library.filter((one) => one.name !== name);
    const library = [...others, { name, layout }];
    this.#setLibrary(library.sort((one, other) => one.name.localeCompare(other.name)));
  }

  #setLibrary(library: LayoutLibrary): void {
    this.#library = library;
    this.#options.kept.writeLibrary(library);
    this.#refresh();
  }

  #freeName(wished: string): string | { readonly refusal: NameRefusal } {
    const parsed = layoutNameSchema.safeParse(wished);
    if (!parsed.success) return { refusal: 'unusable' };
    return this.#isSaved(parsed.data) ? { refusal: 'taken' } : parsed.data;
  }

  /** One that is free: the name itself, or with a number that is at least `from`. */
  #numbered(name: string, from = 1): string {
    let number = from;
    const numbered = () => (number === 1 ? name : `${name.slice(0, 36)} ${number}`);
    while (this.#isSaved(numbered())) number += 1;
    return numbered();
  }

  #changed(): void {
    this.#refresh();
    this.#cancelWrite ??= this.#options.clock.setTimeout(() => this.#write(), WRITE_AFTER_MS);
  }

  #refresh(): void {
    const { name } = this.store.getState();
    const { layout } = this.#options.workspace;
    const isLost = name !== null && !this.#isSaved(name);
    const isModified = isLost || !isSameArrangement(layout, this.#saved(name));
    this.store.setState({ names: this.#library.map((one) => one.name), isModified });
  }

  #write(): void {
    this.#cancelWrite = null;
    const { name } = this.store.getState();
    const { layout } = this.#options.workspace;
    const madeFor = name === null ? { madeForWidth: this.#madeForWidth } : {};
    this.#options.kept.writeWorking({ name, layout, ...madeFor });
  }

  #say(notice: LayoutNotice, undo?: () => void): void {
    if (undo === undefined) this.#options.say(notice);
    else {
      this.#options.say(notice, () => {
        undo();
        this.#changed();
      });
    }
  }
}
