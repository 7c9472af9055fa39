const MOST = 5;
/** Edits that still read as a slip of the finger. */
const NEAR = 2;

const normalized = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** What was probably meant, nearest first: the same letters, the same beginning, or a slip. */
export function nearMatches(text: string, known: readonly string[]): readonly string[] {
  const wanted = normalized(text);
  const ranked: (readonly [rank: number, name: string])[] = [];
  for (const name of known) {
    const rank = rankOf(wanted, normalized(name));
    if (rank !== null) ranked.push([rank, name]);
  }
  ranked.sort(([a, nameA], [b, nameB]) => a - b || nameA.length - nameB.length);
  return ranked.slice(0, MOST).map(([, name]) => name);
}

function rankOf(wanted: string, name: string): number | null {
  if (wanted === name) return 0;
  const edits = distance(wanted, name);
  if (edits <= NEAR && edits < wanted.length) return edits;
  if (wanted.length > 1 && name.startsWith(wanted)) return NEAR + 1;
  return null;
}

/** Levenshtein's, given up beyond what is near. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > NEAR) return NEAR + 1;
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + change,
        ),
      );
    }
    above = current;
  }
  return above[b.length] ?? 0;
}

/** ` Did you mean A or B?`, or nothing. */
export function didYouMean(text: string, known: readonly string[]): string {
  const matches = nearMatches(text, known);
  if (matches.length === 0) return '';
  const last = matches.at(-1);
  const before = matches.slice(0, -1).join(', ');
  return ` Did you mean ${before ? `${before} or ${last}` : last}?`;
}
