import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const COMMAND_LINE = join(import.meta.dirname, 'command-line.ts');
/** Prints all that is loaded to know which commands there are. */
const PRINT_LOADED = `
  import { registerHooks } from 'node:module';
  const urls = [];
  registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
  await import(process.argv[1]);
  console.log(JSON.stringify(urls));
`;
/** What a command does, the monitor itself, and libraries beside those that read what was typed. */
const NOT_YET =
  /-command[.]ts$|[/]app[/]monitor[.]ts$|[/]node_modules[/](?!commander[/]|zod[/]|big[.]js[/])/;

it('knows all commands, and loads none: to stop all bots, nobody waits until a monitor is read', () => {
  const args = ['--input-type=module', '--eval', PRINT_LOADED, COMMAND_LINE];
  const urls: readonly string[] = JSON.parse(execFileSync(process.execPath, args).toString());
  expect(urls.length).toBeGreaterThan(20);
  expect(urls.filter((url) => NOT_YET.test(url))).toEqual([]);
});
