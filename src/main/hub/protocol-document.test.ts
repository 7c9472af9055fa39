import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DISCONNECT_REASONS } from '#contract/disconnect-reasons.ts';
import { failureSchema } from '#contract/errors.ts';
import { pushSchemas } from '#contract/pushes.ts';
import { requestSchemas } from '#contract/requests.ts';
import { SCOPES } from '#contract/scopes.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');

/** What every push carries. */
const ENVELOPE = ['channel', 'seq', 'timestamp'];

function sectionOf(heading: string): string {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  return section.split('\n## ')[0] ?? '';
}

/** The rows of the tables under a heading, as cells. */
function rowsUnder(heading: string): string[][] {
  const rows = sectionOf(heading)
    .split('\n')
    .filter((line) => /^\| [`_]/.test(line));
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

  it('has every request', () => {
    const named = [...sectionOf('Requests').matchAll(/`([a-z]+)\.([A-Za-z|]+)`/g)].flatMap(
      ([, room, methods = '']) => methods.split('|').map((method) => `${room}.${method}`),
    );
    expect(Object.keys(requestSchemas).filter((method) => !named.includes(method))).toEqual([]);
  });

  it.each(Object.entries(pushSchemas))(
    'has the push %s, and names all of its fields',
    (event, schema) => {
      const row = rowsUnder('Pushes').find(([cell]) => cell === `\`${event}\``)?.[1];
      const text = row?.includes('(#alerts)') ? sectionOf('Alerts') : row;
      const [, under = ''] = sectionOf('Pushes').split(`### \`${event}\`\n`);
      const told = `${text ?? ''} ${under.split('\n### ')[0]}`.trim();
      const words = new Set(told?.split(/\W+/));
      const fields = Object.keys(schema.shape).filter((field) => !ENVELOPE.includes(field));
      expect(fields.filter((field) => !words.has(field))).toEqual([]);
      expect(told).not.toBe('');
    },
  );

  it('[H6] has every error code', () => {
    const codes = rowsUnder('Error codes').flatMap(([code]) => namesIn(code));
    expect(codes.toSorted()).toEqual([...failureSchema.shape.code.options].toSorted());
  });
});
