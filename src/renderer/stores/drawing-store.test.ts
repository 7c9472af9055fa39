import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { SharedStorage } from '#tests/fakes/shared-storage.ts';
import {
  canRedo,
  canUndo,
  changeDrawings,
  createDrawingStore,
  type Drawing,
  drawingsOf,
  keepDrawings,
  lastDrawnAt,
  redoDrawing,
  undoDrawing,
} from './drawing-store.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const ETH = 'demo:ETH/USDT' as InstrumentId;
const level = (price: number): Drawing => ({ id: `l${price}`, kind: 'level', price });
const add = (drawing: Drawing) => (drawings: readonly Drawing[]) => [...drawings, drawing];

describe('the drawings', () => {
  it('are each instrument’s own, and go back and forth step by step', () => {
    const store = createDrawingStore();
    changeDrawings(store, BTC, add(level(1)));
    changeDrawings(store, BTC, add(level(2)));
    changeDrawings(store, ETH, add(level(9)));
    const prices = () =>
      drawingsOf(store.getState(), BTC).map((drawing) => 'price' in drawing && drawing.price);
    undoDrawing(store, BTC);
    expect(prices()).toEqual([1]);
    undoDrawing(store, BTC);
    undoDrawing(store, BTC);
    expect([prices(), canUndo(store.getState(), BTC)]).toEqual([[], false]);
    redoDrawing(store, BTC);
    redoDrawing(store, BTC);
    expect([prices(), canRedo(store.getState(), BTC)]).toEqual([[1, 2], false]);
    expect(drawingsOf(store.getState(), ETH)).toEqual([level(9)]);
  });

  it('cannot be redone once something else was drawn', () => {
    const store = createDrawingStore();
    changeDrawings(store, BTC, add(level(1)));
    undoDrawing(store, BTC);
    changeDrawings(store, BTC, add(level(2)));
    redoDrawing(store, BTC);
    expect(drawingsOf(store.getState(), BTC)).toEqual([level(2)]);
  });

  it('of an instrument are on its replay, too', () => {
    const store = createDrawingStore();
    changeDrawings(store, BTC, add(level(1)));
    expect(drawingsOf(store.getState(), 'd1_demo:BTC/USDT' as InstrumentId)).toEqual([level(1)]);
  });

  it('are there again after a reload', () => {
    const kept = new SharedStorage().page('only');
    const before = createDrawingStore();
    keepDrawings(kept, before);
    const trend: Drawing = {
      ...{ id: 't', kind: 'trend', from: { time: 1, price: 2 }, to: { time: 3, price: 4 } },
    };
    changeDrawings(before, BTC, add(trend));
    const after = createDrawingStore();
    keepDrawings(kept, after);
    expect(drawingsOf(after.getState(), BTC)).toEqual([trend]);
    expect(canUndo(after.getState(), BTC)).toBe(false);
  });

  it.each([
    'not JSON',
    '[]',
    '{"demo:BTC/USDT":[{"id":"a","kind":"level","price":null}]}',
    '{"demo:BTC/USDT":[{"id":"a","kind":"circle","price":1}]}',
    '{"no instrument":[]}',
  ])('are none where what was kept is not what it should be: %s', (text) => {
    const kept = new SharedStorage().page('only');
    kept.write('tapedeck:drawings', text);
    const store = createDrawingStore();
    keepDrawings(kept, store);
    expect(store.getState().sheets).toEqual({});
  });

  it('of another page come at once, and are not done away with by what is drawn here', () => {
    const storage = new SharedStorage();
    const [here, there] = [createDrawingStore(), createDrawingStore()];
    keepDrawings(storage.page('here'), here);
    keepDrawings(storage.page('there'), there);
    changeDrawings(here, ETH, add(level(9)));
    changeDrawings(there, BTC, add(level(1)));
    expect(drawingsOf(here.getState(), BTC)).toEqual([level(1)]);
    // What was drawn here itself can still be undone; the other page's cannot.
    expect(canUndo(here.getState(), ETH)).toBe(true);
    expect(canUndo(here.getState(), BTC)).toBe(false);
    changeDrawings(here, BTC, add(level(2)));
    expect(drawingsOf(there.getState(), BTC)).toEqual([level(1), level(2)]);
    changeDrawings(there, BTC, () => []);
    expect(drawingsOf(here.getState(), BTC)).toEqual([]);
    expect(drawingsOf(here.getState(), ETH)).toEqual([level(9)]);
  });

  it('are kept, whatever else was kept that cannot be read', () => {
    const kept = new SharedStorage().page('only');
    const circle = { id: 'c', kind: 'circle' };
    const sheets = { [BTC]: [circle, level(1)], [ETH]: 7, nowhere: [level(2)] };
    kept.write('tapedeck:drawings', JSON.stringify(sheets));
    const store = createDrawingStore();
    keepDrawings(kept, store);
    expect(drawingsOf(store.getState(), BTC)).toEqual([level(1)]);
    expect(drawingsOf(store.getState(), ETH)).toEqual([]);
  });

  it('are bounded: the oldest go', () => {
    const store = createDrawingStore();
    const many = Array.from({ length: 250 }, (_, index) => level(index));
    changeDrawings(store, BTC, () => many);
    expect(drawingsOf(store.getState(), BTC)).toEqual(many.slice(50));
  });

  it('know when the newest step was made that can be undone', () => {
    const store = createDrawingStore();
    const newest = () => lastDrawnAt(store.getState(), BTC);
    expect(newest()).toBeNull();
    changeDrawings(store, BTC, add(level(1)), 10);
    changeDrawings(store, BTC, add(level(2)), 20);
    expect(newest()).toBe(20);
    undoDrawing(store, BTC);
    expect(newest()).toBe(10);
    redoDrawing(store, BTC, 30);
    expect(newest()).toBe(30);
  });
});
