import { describe, expect, it } from 'vitest';
import { sentenceOf } from './build.ts';

describe('sentenceOf', () => {
  it('takes the cause out of what the build tool prints', () => {
    const messages = [
      '✗ Build failed in 10ms',
      'error during build:',
      'Build failed with 1 error:',
      '',
      "\u001b[31m[UNRESOLVED_IMPORT] \u001b[0mCould not resolve './x.ts' in src/main/index.ts.",
      '    at aggregateBindingErrorsIntoJsError (file:///rolldown.mjs:50:18)',
    ].join('\n');
    expect(sentenceOf(messages)).toBe(
      "Tapedeck could not be built: [UNRESOLVED_IMPORT] Could not resolve './x.ts' in src/main/index.ts.",
    );
  });

  it('finds the error of a tool that did not even start', () => {
    const messages =
      "node:internal/modules/cjs/loader:1478\n  throw err;\n\nError: Cannot find module '/x.js'\n    at Module._resolve";
    expect(sentenceOf(messages)).toBe(
      "Tapedeck could not be built: Error: Cannot find module '/x.js'.",
    );
  });

  it('stays a sentence when nothing was printed', () => {
    expect(sentenceOf('')).toBe('Tapedeck could not be built.');
  });
});
