import module from 'node:module';
import { fileURLToPath } from 'node:url';

// What was compiled at the last start is read back: main runs from its sources, without a build.
module.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/tapedeck', import.meta.url)),
);

// npm runs this in the project's folder; the user's relative paths are of where they stand.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());

const { runCommandLine } = await import('./app/commands/command-line.ts');
await runCommandLine(process.argv);
