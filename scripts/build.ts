import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isBuildFresh } from './build-freshness.ts';

/** Builds `out/` where it is missing or older than its sources. Null if all is well, else one sentence. */
export function ensureBuild(root: string): Promise<string | null> {
  if (isBuildFresh(root)) return Promise.resolve(null);
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const command = [tool, 'build', '--logLevel', 'error'];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, _output, messages) => {
      if (error === null) resolve(null);
      else resolve(`${sentenceOf(messages)} \`npm run build\` shows the whole message.`);
    });
  });
}

const PREAMBLE = /^(✗ )?(build failed|error during build)/i;

/** The first line of the build tool's messages that says something. */
export function sentenceOf(messages: string): string {
  const lines = stripVTControlCharacters(messages)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !PREAMBLE.test(line));
  const cause = lines.find((line) => /^(\[\w|\w*Error: )/.test(line)) ?? lines[0];
  return cause === undefined
    ? 'Tapedeck could not be built.'
    : `Tapedeck could not be built: ${cause.replace(/[.]$/, '')}.`;
}
