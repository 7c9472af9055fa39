import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { sourceInstrumentId } from '#contract/decks.ts';
import { INSTRUMENT_ID, type InstrumentId } from '#domain/instrument.ts';
import type { SharedValues } from '../app/page-storage.ts';
import { keepStore } from './kept-store.ts';

const finite = z.number().refine(Number.isFinite, 'finite');
/** A point of a chart: epoch milliseconds, which may lie in the future, and a price. */
const anchorSchema = z.strictObject({ time: finite, price: finite });
export type Anchor = Readonly<z.infer<typeof anchorSchema>>;

const idSchema = z.string().min(1).max(40);
const spanned = { id: idSchema, from: anchorSchema, to: anchorSchema };
const drawingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: idSchema, kind: z.literal('level'), price: finite }),
  z.strictObject({ kind: z.literal('trend'), ...spanned }),
  z.strictObject({ kind: z.literal('ray'), ...spanned }),
  z.strictObject({ kind: z.literal('rectangle'), ...spanned }),
  z.strictObject({ kind: z.literal('measure'), ...spanned }),
]);
/** What the user drew on an instrument's chart. */
export type Drawing = Readonly<z.infer<typeof drawingSchema>>;

export const DRAWING_KINDS = ['level', 'trend', 'ray', 'rectangle', 'measure'] as const;
export type DrawingKind = (typeof DRAWING_KINDS)[number];

const MOST_DRAWINGS = 200;
const MOST_STEPS = 100;
const keptSchema = z.record(z.string(), z.array(z.unknown()).catch([]));

/** What was drawn before a step, and when that was made, epoch milliseconds. */
interface Step {
  readonly drawings: readonly Drawing[];
  readonly time: number;
}

interface Sheet {
  readonly drawings: readonly Drawing[];
  /** Older first. */
  readonly undone: readonly (readonly Drawing[])[];
  readonly done: readonly Step[];
}

const EMPTY: Sheet = { drawings: [], undone: [], done: [] };

/** The drawings of every instrument, with the steps back and forth. A replay has its instrument's. */
export interface DrawingState {
  readonly sheets: Readonly<Record<string, Sheet>>;
}

export const createDrawingStore = () => createStore<DrawingState>(() => ({ sheets: {} }));
export type DrawingStore = ReturnType<typeof createDrawingStore>;

const keyOf = (id: InstrumentId): InstrumentId => sourceInstrumentId(id) ?? id;
const sheetOf = ({ sheets }: DrawingState, id: InstrumentId): Sheet => sheets[keyOf(id)] ?? EMPTY;

export const drawingsOf = (state: DrawingState, id: InstrumentId): readonly Drawing[] =>
  sheetOf(state, id).drawings;
export const canUndo = (state: DrawingState, id: InstrumentId): boolean =>
  sheetOf(state, id).done.length > 0;
export const canRedo = (state: DrawingState, id: InstrumentId): boolean =>
  sheetOf(state, id).undone.length > 0;

/** When the newest step was made that can be undone; null where there is none. */
export const lastDrawnAt = (state: DrawingState, id: InstrumentId): number | null =>
  sheetOf(state, id).done.at(-1)?.time ?? null;

function setSheet(store: DrawingStore, id: InstrumentId, sheet: Sheet): void {
  store.setState(({ sheets }) => ({ sheets: { ...sheets, [keyOf(id)]: sheet } }));
}

/** One step, which can be undone. Past the most that is kept the oldest drawings go. */
export function changeDrawings(
  store: DrawingStore,
  id: InstrumentId,
  change: (drawings: readonly Drawing[]) => readonly Drawing[],
  time = 0,
): void {
  const { drawings, done } = sheetOf(store.getState(), id);
  const next = change(drawings).slice(-MOST_DRAWINGS);
  setSheet(store, id, {
    drawings: next,
    done: [...done, { drawings, time }].slice(-MOST_STEPS),
    undone: [],
  });
}

export const hasDrawing = (store: DrawingStore, id: InstrumentId, drawing: Drawing): boolean =>
  drawingsOf(store.getState(), id).some((one) => one.id === drawing.id);

/** One that was removed is there again; nothing where it is already. */
export function restoreDrawing(store: DrawingStore, id: InstrumentId, drawing: Drawing): void {
  if (hasDrawing(store, id, drawing)) return;
  changeDrawings(store, id, (drawings) => [...drawings, drawing]);
}

export function undoDrawing(store: DrawingStore, id: InstrumentId): void {
  const { drawings, done, undone } = sheetOf(store.getState(), id);
  const before = done.at(-1);
  if (before === undefined) return;
  setSheet(store, id, {
    drawings: before.drawings,
    done: done.slice(0, -1),
    undone: [...undone, drawings],
  });
}

export function redoDrawing(store: DrawingStore, id: InstrumentId, time = 0): void {
  const { drawings, done, undone } = sheetOf(store.getState(), id);
  const next = undone.at(-1);
  if (next === undefined) return;
  setSheet(store, id, {
    drawings: next,
    done: [...done, { drawings, time }],
    undone: undone.slice(0, -1),
  });
}

const KEY = 'tapedeck:drawings';

/** What is kept and cannot be read is left out, and costs nothing else. */
function readDrawings(kept: SharedValues): ReadonlyMap<string, readonly Drawing[]> {
  const sheets = Object.entries(keptSchema.safeParse(parsed(kept.read(KEY))).data ?? {});
  return new Map(
    sheets
      .filter(([id]) => INSTRUMENT_ID.test(id))
      .map(([id, drawings]) => [
        id,
        drawings.flatMap((one) => drawingSchema.safeParse(one).data ?? []).slice(-MOST_DRAWINGS),
      ]),
  );
}

/**
 * After a reload the drawings are there again, and what is drawn on another page comes at once: else the
 * next one drawn here would do away with it. Steps are of what one drew oneself, and end where another
 * page changes the same instrument's.
 */
export function keepDrawings(kept: SharedValues, store: DrawingStore): () => void {
  const takeIn = () => {
    const read = readDrawings(kept);
    const { sheets: before } = store.getState();
    const changed = [...new Set([...read.keys(), ...Object.keys(before)])].flatMap((id) => {
      const drawings = read.get(id) ?? [];
      const isSame = JSON.stringify(before[id]?.drawings ?? []) === JSON.stringify(drawings);
      return isSame ? [] : [[id, { ...EMPTY, drawings }] as const];
    });
    store.setState(({ sheets }) => ({ sheets: { ...sheets, ...Object.fromEntries(changed) } }));
  };
  takeIn();
  return keepStore(store, { kept, key: KEY, textOf, takeIn });
}

function textOf({ sheets }: DrawingState): string {
  const drawn = Object.entries(sheets).filter(([, { drawings }]) => drawings.length > 0);
  return JSON.stringify(Object.fromEntries(drawn.map(([id, { drawings }]) => [id, drawings])));
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
