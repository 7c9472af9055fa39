import { fail, type Result, succeed } from '#contract/errors.ts';

/** Times the pace of the recording, or as fast as it can be read. */
export type ReplaySpeed = number | 'max';

/** What a user asks a feed to be. */
export type FeedSpec =
  | { readonly kind: 'demo'; readonly seed: number }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: ReplaySpeed };

const DEFAULT_SEED = 1;
const DEFAULT_SPEED = 1;
const DEMO = /^demo(?:@(\d{1,9}))?$/;
const REPLAY = /^replay:(.+)$/s;
/** A file's name may hold an `@` of its own: only what reads as a speed is one. */
const SPEED_SUFFIX = /^(.+)@(max|\d{1,6}(?:\.\d{1,6})?)x?$/s;

const SUPPORTED = 'Supported are demo, demo@SEED and replay:FILE[@SPEED].';

/** Reads `demo`, `demo@7`, `replay:FILE`, `replay:FILE@10`, `replay:FILE@0.5x`, `replay:FILE@max`. */
export function parseFeedSpec(text: string): Result<FeedSpec> {
  const spec = text.trim();
  const demo = DEMO.exec(spec);
  if (demo) return succeed({ kind: 'demo', seed: Number(demo[1] ?? DEFAULT_SEED) });
  const rest = REPLAY.exec(spec)?.[1];
  if (rest !== undefined) return parseReplay(rest);
  if (spec === 'replay' || spec === 'replay:') {
    return fail('invalid_payload', 'A replay needs a file: replay:FILE[@SPEED].');
  }
  return fail('invalid_payload', `"${spec.slice(0, 80)}" is not a feed. ${SUPPORTED}`);
}

function parseReplay(rest: string): Result<FeedSpec> {
  const [, file = rest, speedText] = SPEED_SUFFIX.exec(rest) ?? [];
  if (speedText === undefined) return succeed({ kind: 'replay', file, speed: DEFAULT_SPEED });
  const speed = speedText === 'max' ? 'max' : Number(speedText);
  if (speed === 0) return fail('invalid_payload', 'A replay needs a speed above zero.');
  return succeed({ kind: 'replay', file, speed });
}
