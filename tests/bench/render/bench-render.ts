import { hasChromium, launchChromium } from '../../e2e/shells.ts';
import { measureChart } from './chart.ts';
import type { RenderScenario } from './scenario.ts';
import { measureWorkspace } from './workspace.ts';

/** One file a scenario. */
const SCENARIOS: Readonly<Record<string, RenderScenario>> = {
  chart: measureChart,
  workspace: measureWorkspace,
};

/** `npm run bench -- render [SCENARIO]…`: what the screen costs in a real Chromium, beside the naive way. */
export async function benchRender(args: readonly string[]): Promise<object> {
  if (!hasChromium) return { leftOut: 'no Chromium: install the package chromium' };
  const names = args.length > 0 ? args : Object.keys(SCENARIOS);
  const browser = await launchChromium();
  const results: Record<string, object> = {};
  try {
    for (const name of names) {
      const scenario = SCENARIOS[name];
      results[name] = scenario
        ? await scenario(browser)
        : { leftOut: `no such scenario; there are: ${Object.keys(SCENARIOS).join(', ')}` };
    }
  } finally {
    await browser.close();
  }
  return { at: new Date().toISOString(), node: process.version, results };
}
