import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelAsk } from '../workspace/panel-asks.ts';
import { panelAskCommands } from './panel-ask-commands.ts';

const FEATURES = join(import.meta.dirname, '..', 'features');

const sources = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => readFileSync(join(FEATURES, name), 'utf8'));

describe('the commands that panels answer', () => {
  it('ask for what they are called, with a title each', () => {
    const asked: PanelAsk[] = [];
    const commands = panelAskCommands({ ask: (one) => void asked.push(one) });
    for (const one of commands) one.run();
    expect(asked.map(({ name }) => name)).toEqual(commands.map(({ id }) => id));
    const titles = new Set(commands.map(({ title }) => title()));
    expect(titles.size).toBe(commands.length);
    for (const title of titles) expect(title).not.toMatch(/^commands\./);
  });

  it('are each answered by a panel', () => {
    const ids = panelAskCommands({ ask: () => undefined }).map(({ id }) => id);
    const isAnswered = (id: string) =>
      sources.some((text) => text.includes(`'${id}'`) || text.includes(`ask="${id}"`));
    expect(ids.filter((id) => !isAnswered(id))).toEqual([]);
  });
});
