import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AlertRuleDraft, alertRuleDraftSchema } from '#contract/alert-model.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type DeckBot, deckBotSchema } from '#contract/replay-requests.ts';
import { parseRange } from '#contract/time-range.ts';
import { watchedInstrument } from '#domain/alert-rule.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { type FileReading, openFileSource } from './replay-file-source.ts';
import { openTapeSource, type TapeStretch } from './replay-tape-source.ts';

/** What to play, as a user says it. */
export interface ReplayInput {
  readonly dataDir: string;
  /** Of the tape; none: those of the bots. */
  readonly instrument: readonly string[];
  /** `FROM..TO`, each a time in ISO 8601 or epoch milliseconds, or nothing. */
  readonly range?: string;
  /** A recording in place of the tape. */
  readonly file?: string;
}

export function readBots(files: readonly string[]): Result<DeckBot[]> {
  const bots: DeckBot[] = [];
  for (const file of files) {
    const bot = readBot(file);
    if (!bot.ok) return bot;
    bots.push(bot.value);
  }
  return succeed(bots);
}

/** Also as `bots.get` and `replay --json` print one: which bot that was is of no matter here. */
const botFileSchema = deckBotSchema
  .extend({
    id: z.string().optional(),
    createdTime: z.number().optional(),
    archivedTime: z.number().nullish(),
  })
  .transform(({ id: _, createdTime: __, archivedTime: ___, ...bot }): DeckBot => bot);

const readBot = (file: string): Result<DeckBot> => readJson(file, botFileSchema, 'a bot');

const rulesSchema = z.union([z.array(alertRuleDraftSchema), alertRuleDraftSchema]);

/** Each file holds one rule, or a list of them. */
export function readRules(files: readonly string[]): Result<AlertRuleDraft[]> {
  const rules: AlertRuleDraft[] = [];
  for (const file of files) {
    const read = readJson(file, rulesSchema, 'an alert rule');
    if (!read.ok) return read;
    rules.push(...(Array.isArray(read.value) ? read.value : [read.value]));
  }
  return succeed(rules);
}

function readJson<T>(file: string, schema: z.ZodType<T>, what: string): Result<T> {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return succeed(parsed.data);
    const [issue] = parsed.error.issues;
    const why = [issue?.path.join('.'), issue?.message ?? `is not ${what}`];
    return fail('invalid_payload', `${file}: ${why.filter(Boolean).join(' ')}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('invalid_payload', `${file} cannot be read as ${what}: ${why}`);
  }
}

interface OpenSource {
  readonly source: ReplaySource;
  readonly close: () => void;
}

/** What the command plays; `close` lets go of it. Null where the reading of a recording was given up. */
export async function openReplayInput(
  { file, range: text, instrument, dataDir }: ReplayInput,
  bots: readonly DeckBot[],
  rules: readonly AlertRuleDraft[],
  reading: FileReading,
): Promise<Result<OpenSource | null>> {
  if (file !== undefined) {
    const source = await openFileSource(file, reading);
    if (!source.ok || source.value === null) return source.ok ? succeed(null) : source;
    return succeed({ source: source.value, close: () => undefined });
  }
  const range = parseRange(text);
  if (!range.ok) return range;
  const named = [
    ...bots.map((bot) => bot.instrumentId),
    ...rules.flatMap(({ condition }) => watchedInstrument(condition) ?? []),
  ];
  const wanted = instrument.length > 0 ? instrument : named;
  const instruments = wanted.filter(isInstrumentId);
  const stranger = wanted.find((id) => !isInstrumentId(id));
  if (stranger !== undefined) return fail('invalid_payload', `${stranger} is not exchange:symbol.`);
  if (instruments.length === 0) return fail('invalid_payload', NOTHING_TO_PLAY);
  return openTape(dataDir, { instruments, ...range.value });
}

const NOTHING_TO_PLAY =
  'Say what to play: --instrument, --file, or a --bot or --alert that names one.';

/** Reads beside a monitor that records on it, too. */
function openTape(dataDir: string, stretch: TapeStretch): Result<OpenSource> {
  const path = join(dataDir, 'tape.db');
  if (!existsSync(path)) return fail('not_found', `There is no tape in ${dataDir}.`);
  const tape = openTapeDatabase(path);
  if (!tape.ok) return tape;
  const source = openTapeSource(tape.value, stretch);
  if (source.ok) return succeed({ source: source.value, close: () => tape.value.close() });
  tape.value.close();
  return source;
}
