import type { Clock } from '#domain/clock.ts';
import type { PanelKind } from './panel-kinds.ts';
import type { Workspace } from './workspace.ts';

/** What a panel can be asked for, by what is asked: `about` names a thing where one is meant. */
export type PanelAnswers = Readonly<Record<string, (about: string) => void>>;

export interface PanelAsk {
  /** As the panel's answers name it. */
  readonly name: string;
  readonly panel: PanelKind;
  /** Done in a panel that is seen already; the keyboard stays where it is. */
  readonly isQuiet?: boolean;
  readonly about?: string;
}

interface Waiting {
  readonly panelId: string;
  readonly ask: PanelAsk;
  readonly since: number;
}

/** For its code, and for what the hub has to tell first; later nobody would expect it any more. */
const WAITS_MS = 10_000;

/**
 * What commands ask of panels: of the one that one works in, else of one of its kind, which is opened where
 * there is none. A panel that is not drawn yet answers as soon as it is.
 */
export class PanelAsks {
  readonly #workspace: Pick<Workspace, 'store' | 'show'>;
  readonly #answering = new Map<string, Set<PanelAnswers>>();
  readonly #clock: Pick<Clock, 'now'>;
  #waiting: Waiting | null = null;

  constructor(workspace: Pick<Workspace, 'store' | 'show'>, clock: Pick<Clock, 'now'>) {
    this.#workspace = workspace;
    this.#clock = clock;
  }

  ask(ask: PanelAsk): void {
    const panelId = this.#panelFor(ask);
    this.#waiting = panelId === null ? null : { panelId, ask, since: this.#clock.now() };
    this.#deliver();
  }

  /** A panel, or a part of it, is drawn. Returns its end. */
  answer(panelId: string, answers: PanelAnswers): () => void {
    const parts = this.#answering.get(panelId) ?? new Set();
    this.#answering.set(panelId, parts.add(answers));
    this.#deliver();
    return () => {
      parts.delete(answers);
      if (parts.size === 0) this.#answering.delete(panelId);
    };
  }

  #deliver(): void {
    if (this.#waiting === null) return;
    const { panelId, ask, since } = this.#waiting;
    if (this.#clock.now() - since > WAITS_MS) this.#waiting = null;
    if (this.#waiting === null) return;
    for (const answers of this.#answering.get(panelId) ?? []) {
      const answer = answers[ask.name];
      if (answer === undefined) continue;
      this.#waiting = null;
      answer(ask.about ?? '');
      return;
    }
  }

  #panelFor({ panel, isQuiet = false }: PanelAsk): string | null {
    const { panels, activePanelId } = this.#workspace.store.getState();
    const isMeant = (id: string) => panels[id]?.kind === panel;
    if (activePanelId !== null && isMeant(activePanelId)) return activePanelId;
    const seen = isQuiet ? [...this.#answering.keys()].find(isMeant) : undefined;
    return seen ?? this.#workspace.show(panel);
  }
}
