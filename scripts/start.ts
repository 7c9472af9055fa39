import { join, resolve } from 'node:path';
import { ensureBuild } from './build.ts';
import { fetchElectron, findElectron } from './electron-runtime.ts';
import { failedStart, type LaunchPlan, planLaunch, serveSentence } from './launch-plan.ts';
import { exitCodeOf, runChild } from './run-child.ts';

/**
 * `npm start`: the desktop app where it can run, else the same monitor in serve mode. What it says
 * itself goes to stderr: stdout belongs to the program that it starts.
 */

const root = resolve(import.meta.dirname, '..');

async function serve(serveArguments: readonly string[]): Promise<number> {
  const command = [join(root, 'src/main/cli.ts'), 'serve', ...serveArguments];
  return exitCodeOf(await runChild(process.execPath, command, process.env));
}

async function openDesktop(fetchRuntime: boolean): Promise<number> {
  if (fetchRuntime) {
    console.error("Fetching Electron's runtime…");
    await fetchElectron(root);
  }
  const electron = findElectron(root, process.env);
  if (electron === null) {
    return serveBecause("Electron's runtime is not here and could not be fetched");
  }
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const end = await runChild(electron, [root], environment);
  const failure = failedStart(end);
  return failure === null ? exitCodeOf(end) : serveBecause(failure);
}

function serveBecause(obstacle: string): Promise<number> {
  console.error(serveSentence(obstacle));
  return serve([]);
}

function launch(plan: LaunchPlan): Promise<number> {
  if (plan.mode === 'desktop') return openDesktop(plan.fetchRuntime);
  if (plan.reason !== null) console.error(plan.reason);
  return serve(plan.serveArguments);
}

const buildFailure = await ensureBuild(root);
if (buildFailure === null) {
  process.exitCode = await launch(
    planLaunch({
      platform: process.platform,
      environment: process.env,
      isRoot: process.getuid?.() === 0,
      launchArguments: process.argv.slice(2),
      isRuntimePresent: findElectron(root, process.env) !== null,
    }),
  );
} else {
  console.error(buildFailure);
  process.exitCode = 1;
}
