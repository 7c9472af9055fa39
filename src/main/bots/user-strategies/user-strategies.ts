import { readdirSync, realpathSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { StrategyDefinition } from '../strategy.ts';
import { FolderWatch } from './folder-watch.ts';
import { LoadingTurns } from './loading-turns.ts';
import { StrategyThread, type ThreadSurroundings } from './strategy-thread.ts';
import { definitionOf, type LoadedModule, type RunBirth } from './user-definition.ts';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'];
const DECLARATION = /\.d\.[cm]?ts$/;
/** An editor writes a file in several steps. */
const SETTLED_MS = 150;
/** How often it is looked for the folder while it cannot be read. */
const AWAY_MS = 1_000;

export interface UserStrategiesOptions extends ThreadSurroundings {
  readonly folder: string;
  /** These are the ones that can be used now. */
  readonly onListed: (definitions: readonly StrategyDefinition[]) => void;
  /** A strategy that there was has become another one. */
  readonly onRenewed: (strategyId: string) => void;
  /** A file cannot be used as it now is; where there was a version before, that one goes on. */
  readonly onProblem: (problem: StrategyProblem) => void;
}

export interface StrategyProblem {
  readonly strategyId: string;
  readonly file: string;
  readonly message: string;
  /** Whether a version of before goes on. */
  readonly hasVersion: boolean;
}

/** The strategies in the user's folder: one module a file, looked at anew when it changes. */
export class UserStrategies {
  readonly #options: UserStrategiesOptions;
  readonly #folder: string;
  readonly #modules = new Map<string, LoadedModule>();
  /** The last version of each, also of one whose file is gone: bots may still trade by it. */
  readonly #lastModules = new Map<string, LoadedModule>();
  readonly #problems = new Map<string, StrategyProblem>();
  readonly #threads = new Set<StrategyThread>();
  /** A file that does not come to an end as it is loaded holds up other files, but no bot. */
  readonly #looks = new LoadingTurns();
  readonly #begins = new LoadingTurns();
  #definitions: readonly StrategyDefinition[] = [];
  #watcher: FolderWatch | null = null;
  #cancelReload: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(options: UserStrategiesOptions) {
    this.#options = options;
    this.#folder = realpathSync(options.folder);
  }

  /** Those that can be used, by name of their files. */
  get definitions(): readonly StrategyDefinition[] {
    return this.#definitions;
  }

  get problems(): readonly StrategyProblem[] {
    return [...this.#problems.values()].sort((a, b) => a.file.localeCompare(b.file));
  }

  /** Looks at all files: those that have changed, are new or are gone. One look at a time. */
  look(): Promise<void> {
    const look = this.#looking.then(() => this.#lookAtAll());
    // Who looks next is not held up by one that failed.
    this.#looking = look.catch(() => undefined);
    return look;
  }

  /** From now on changes are looked at when they come. */
  watch(): void {
    this.#watcher?.close();
    this.#watcher = new FolderWatch(this.#folder, () => this.#lookLater(SETTLED_MS));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelReload?.();
    this.#watcher?.close();
    for (const thread of [...this.#threads]) thread.dispose();
  }

  #lookLater(delayMs: number): void {
    this.#cancelReload?.();
    this.#cancelReload = this.#options.clock.setTimeout(() => void this.#lookAnew(), delayMs);
  }

  /** While the folder is away all stays as it was. It may come back as another one of its name. */
  async #lookAnew(): Promise<void> {
    try {
      this.watch();
      await this.look();
    } catch {
      if (!this.#isDisposed) this.#lookLater(AWAY_MS);
    }
  }

  async #lookAtAll(): Promise<void> {
    const files = this.#files();
    for (const [id, { file }] of this.#modules) {
      if (!files.includes(file)) this.#modules.delete(id);
    }
    for (const [id, { file }] of this.#problems) {
      if (!files.includes(file)) this.#problems.delete(id);
    }
    this.#list();
    const namesakes = Map.groupBy(files, idOf);
    await Promise.all(files.map((file) => this.#lookAt(file, namesakes.get(idOf(file)) ?? [])));
  }

  #files(): readonly string[] {
    return readdirSync(this.#folder)
      .filter((name) => EXTENSIONS.includes(extname(name)) && !DECLARATION.test(name))
      .filter((name) => !name.startsWith('.') && !name.startsWith('_'))
      .sort()
      .map((name) => join(this.#folder, name));
  }

  async #lookAt(file: string, namesakes: readonly string[]): Promise<void> {
    const id = idOf(file);
    try {
      if (namesakes.length > 1) throw new Error(namesakesSentence(namesakes));
      const module = await this.#inspect(id, file);
      this.#problems.delete(id);
      const last = this.#lastModules.get(id);
      const isSame = JSON.stringify(last) === JSON.stringify(module);
      if (isSame && this.#modules.has(id)) return;
      this.#modules.set(id, module);
      this.#lastModules.set(id, module);
      this.#list();
      if (last && !isSame) this.#options.onRenewed(id);
    } catch (thrown) {
      if (this.#isDisposed) return;
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      const isNews = this.#problems.get(id)?.message !== message;
      const problem = { strategyId: id, file, message, hasVersion: this.#modules.has(id) };
      this.#problems.set(id, problem);
      if (isNews) this.#options.onProblem(problem);
    }
  }

  async #inspect(id: string, file: string): Promise<LoadedModule> {
    const thread = this.#thread(
      { file, folder: this.#folder, sources: null, run: null },
      this.#looks,
    );
    const { manifest, sources } = await thread.manifest();
    thread.dispose();
    return { id, file, manifest, sources };
  }

  #begin({ module, context, fingerprint, parameters, saved }: RunBirth): StrategyThread {
    const { instrument, position } = context;
    const birth = {
      ...{ file: module.file, folder: this.#folder, sources: module.sources },
      run: { botId: position.botId, seed: fingerprint, instrument, parameters, saved },
    };
    return this.#thread(birth, this.#begins);
  }

  #thread(
    birth: ConstructorParameters<typeof StrategyThread>[0],
    turns: LoadingTurns,
  ): StrategyThread {
    const thread: StrategyThread = new StrategyThread(birth, {
      ...{ clock: this.#options.clock, limits: this.#options.limits, turns },
      onEnd: () => this.#threads.delete(thread),
    });
    this.#threads.add(thread);
    return thread;
  }

  #list(): void {
    this.#definitions = [...this.#modules.values()]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map((module) => definitionOf(module, (birth) => this.#begin(birth)));
    this.#options.onListed(this.#definitions);
  }
}

/** Which of them a bot is to trade by nobody has said. */
const namesakesSentence = (files: readonly string[]): string =>
  `There are several files of this name: ${files.map((file) => basename(file)).join(', ')}`;

const idOf = (file: string): string => `user:${basename(file, extname(file))}`;
