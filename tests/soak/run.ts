import { parseArgs } from 'node:util';
import { hasChromium } from '../e2e/shells.ts';
import { type SoakOptions, soak } from './soak.ts';

/**
 * `npm run soak -- [--minutes 60] [--rate 1000] [--warm-up 15]`: the screen on a market of so many
 * trades a second, looked at once a minute. Prints one JSON document; what grew makes it fail.
 */
function optionsOf(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '60' },
      rate: { type: 'string', default: '1000' },
      'warm-up': { type: 'string', default: '15' },
    },
  });
  const minutes = Number(values.minutes);
  const tradesPerSecond = Number(values.rate);
  const warmUpMinutes = Number(values['warm-up']);
  if (!(minutes > 0 && tradesPerSecond > 0 && warmUpMinutes >= 0)) {
    throw new Error('minutes, rate and warm-up are numbers');
  }
  return { minutes, tradesPerSecond, warmUpMinutes };
}

if (hasChromium) {
  const result = await soak(optionsOf(process.argv.slice(2)));
  console.log(JSON.stringify(result, null, 2));
  if (!result.holds) process.exitCode = 1;
} else {
  console.log(JSON.stringify({ leftOut: 'no Chromium: install the package chromium' }));
}
