import module from 'node:module';
import { fileURLToPath } from 'node:url';

// What was compiled at the last start is read back: main runs from its sources, without a build.
module.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/tapedeck', import.meta.url)),
);

const { runCommandLine } = await import('./app/command-line.ts');
await runCommandLine(process.argv);
