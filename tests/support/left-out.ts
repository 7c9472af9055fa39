import { hasChromium, hasElectron, needsChromium, needsElectron } from '../e2e/shells.ts';
import { hasRecordings, needsRecordings } from './recordings.ts';

/** Before the tests: says what this machine cannot run, and how to get it. Skipped must be seen. */
export default function sayWhatIsLeftOut(): void {
  const parts = [
    { name: 'The end-to-end tests in a browser', isHere: hasChromium, why: needsChromium },
    { name: 'The end-to-end tests in the desktop app', isHere: hasElectron, why: needsElectron },
    { name: 'The tests on recorded market data', isHere: hasRecordings, why: needsRecordings },
  ];
  for (const { name, isHere, why } of parts) {
    if (!isHere) console.log(`${name} are${why.replace(' (', ' ').replace(/\)$/, '.')}`);
  }
}
