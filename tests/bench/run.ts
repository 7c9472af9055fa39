/** `npm run bench -- SUBJECT [options]`: prints one JSON document. */
const SUBJECTS: Readonly<Record<string, (args: readonly string[]) => Promise<object>>> = {
  start: async () => (await import('./start.ts')).benchStart(),
  hub: async (args) => (await import('./hub/bench-hub.ts')).benchHub(args),
  render: async (args) => (await import('./render/bench-render.ts')).benchRender(args),
  tape: async (args) => (await import('./tape/bench-tape.ts')).benchTape(args),
  bots: async (args) => (await import('./bots/bench-bots.ts')).benchBots(args),
  inspector: async (args) => (await import('./inspector/bench-inspector.ts')).benchInspector(args),
  deck: async (args) => (await import('./deck/bench-deck.ts')).benchDeck(args),
};

const [name = '', ...args] = process.argv.slice(2);
const subject = SUBJECTS[name];
if (subject) {
  console.log(JSON.stringify(await subject(args), null, 2));
} else {
  console.error(`Name what to measure: ${Object.keys(SUBJECTS).join(', ')}`);
  process.exitCode = 1;
}
