import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DISCONNECT_REASONS } from '#contract/disconnect-reasons.ts';
import { failureSchema } from '#contract/errors.ts';
import { SCOPES } from '#contract/scopes.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');

/** The rows of the tables under a heading, as cells. */
function rowsUnder(heading: string): string[][] {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const rows = own.split('\n').filter((line) => /^\| [`_]/.test(line));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const namesIn = (cell = ''): string[] =>
  [...cell.matchAll(/`([\w:]+)`/g)].map(([, name]) => name ?? '');

describe('docs/protocol.md', () => {
  it('[H4] has every disconnect reason, and whether it invites reconnection', () => {
    const rows = rowsUnder('Disconnect reasons').map(([reason, reconnect]) => [
      namesIn(reason)[0],
      reconnect === 'yes',
    ]);
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(
        Object.entries(DISCONNECT_REASONS).map(([reason, { reconnect }]) => [reason, reconnect]),
      ),
    );
  });

  it('[H1] has every scope', () => {
    const scopes = rowsUnder('Tokens and scopes').flatMap(([scope]) => namesIn(scope));
    expect(scopes).toEqual([...SCOPES]);
  });

  it('[H6] has every error code', () => {
    const codes = rowsUnder('Error codes').flatMap(([code]) => namesIn(code));
    expect(codes.toSorted()).toEqual([...failureSchema.shape.code.options].toSorted());
  });
});
