import { readFileSync } from 'node:fs';

/** One line of a recording in cryptofeed's format; ../shared/data/INDEX.md describes it. */
export type RecordedLine =
  | { readonly kind: 'received'; readonly time: number; readonly body: string }
  | { readonly kind: 'answer'; readonly url: string; readonly time: number; readonly body: string };

const LINE = /^(?:(\S+) -> )?(\d+\.\d+): (.*)$/;

/** Frames that came over the socket and REST answers; times in epoch ms. What was sent is left out. */
export function recordedLines(path: string): RecordedLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line): RecordedLine[] => {
      const [, url, seconds, body] = LINE.exec(line) ?? [];
      if (seconds === undefined || body === undefined) return [];
      const time = Math.round(Number(seconds) * 1000);
      return [
        url === undefined ? { kind: 'received', time, body } : { kind: 'answer', url, time, body },
      ];
    });
}
