import { describe, expect, it } from 'vitest';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Link } from '../../stores/links.ts';
import { type Look, shownDecks } from './shown-decks.ts';

const deck = (id: string) => ({ id }) as DeckView;
const DECKS = { d1: deck('d1'), d2: deck('d2') };
const look = (panelId: string, link: Link, exchange: string | null): Look => ({
  ...{ panelId, link },
  instrumentId: exchange === null ? null : (`${exchange}:BTC/USDT` as InstrumentId),
});
const told = (looks: readonly Look[], activePanelId: string | null = null) =>
  shownDecks(looks, DECKS, activePanelId).map(
    ({ deck: { id }, links, hasKeys }) => `${id} ${links.join('')}${hasKeys ? ' keys' : ''}`,
  );

describe('the decks on screen', () => {
  it('are those of any link group and of pinned panels, each once', () => {
    const looks = [
      look('', 'A', 'demo'),
      look('chart-1', 'A', 'demo'),
      look('chart-2', 'C', 'd2_demo'),
      look('tape-1', 'none', 'd2_demo'),
      look('tape-2', 'C', 'd2_demo'),
      look('chart-3', 'B', null),
    ];
    expect(told(looks)).toEqual(['d2 Cnone']);
    expect(told([...looks, look('book-1', 'D', 'd1_demo')])).toEqual(['d1 D', 'd2 Cnone']);
    expect(told([look('', 'A', 'd9_demo')])).toEqual([]);
  });

  it('have their keys where one works, else where the top bar is', () => {
    const looks = [
      look('', 'A', 'd1_demo'),
      look('chart-1', 'A', 'd1_demo'),
      look('chart-2', 'B', 'd2_demo'),
      look('chart-3', 'C', 'demo'),
    ];
    expect(told(looks)).toEqual(['d1 A keys', 'd2 B']);
    expect(told(looks, 'chart-2')).toEqual(['d1 A', 'd2 B keys']);
    expect(told(looks, 'chart-3')).toEqual(['d1 A keys', 'd2 B']);
    const liveOnTop = looks.map((one) => (one.link === 'A' ? look(one.panelId, 'A', 'demo') : one));
    expect(told(liveOnTop, 'chart-3')).toEqual(['d2 B']);
  });
});
