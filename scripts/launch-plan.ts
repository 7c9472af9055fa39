/** What `npm start` knows of the machine before it decides. */
export interface LaunchFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** What was given after `npm start --`. */
  readonly launchArguments: readonly string[];
  readonly isRuntimePresent: boolean;
}

export type LaunchPlan =
  | { readonly mode: 'desktop'; readonly fetchRuntime: boolean }
  | {
      readonly mode: 'serve';
      /** One sentence; null where serve mode was asked for. */
      readonly reason: string | null;
      readonly serveArguments: readonly string[];
    };

const FORCE_SERVE = '--serve';

/** Decides between the desktop app and serve mode. */
export function planLaunch(facts: LaunchFacts): LaunchPlan {
  const serveArguments = facts.launchArguments.filter((argument) => argument !== FORCE_SERVE);
  const serve = (reason: string | null): LaunchPlan => ({ mode: 'serve', reason, serveArguments });
  if (facts.launchArguments.includes(FORCE_SERVE)) return serve(null);
  if (serveArguments.length > 0) {
    return serve('Starting in serve mode, which is what the given options are for.');
  }
  const obstacle = obstacleToDesktop(facts);
  if (obstacle !== null) return serve(serveSentence(obstacle));
  return { mode: 'desktop', fetchRuntime: !facts.isRuntimePresent };
}

/** The sentence that says why the desktop app is not opened. */
export function serveSentence(obstacle: string): string {
  return `Starting in serve mode, in the browser, because ${obstacle}.`;
}

function obstacleToDesktop({ platform, environment, isRoot }: LaunchFacts): string | null {
  if (platform !== 'linux') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = environment;
  if (!DISPLAY && !WAYLAND_DISPLAY) return 'there is no display here';
  if (isRoot) return "the desktop app's sandbox does not run as root";
  return null;
}

/** The desktop app that ends this soon with an error could not start at all. */
const FAILED_START_MS = 3_000;

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly afterMs: number;
  /** The user stopped it. */
  readonly wasStopped: boolean;
}

/** Why the desktop app could not start, or null if it ran. */
export function failedStart({ code, signal, afterMs, wasStopped }: ProcessEnd): string | null {
  if (wasStopped || code === 0 || afterMs >= FAILED_START_MS) return null;
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `the desktop app ended at once ${how}`;
}
