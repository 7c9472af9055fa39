interface Phrase {
  readonly starts: string;
  readonly ends: string;
  readonly pattern: RegExp;
  readonly said: string;
}

/** Between sentences that have nothing to do with one another. */
const DIVIDER = ' · ';
/** What is joined by these is said piece by piece where the whole is not known. */
const JOINTS = ['; ', ': '] as const;

/** Lists show the same sentences again and again; this many are kept as they were said last. */
const MOST_REMEMBERED = 4_000;

/** What is longer is no sentence of ours: a file's content, say. */
const LONGEST = 1_000;

const BLANK = /\{\d_?\}/;

/**
 * Says the hub's sentences in another language. On the wire, in the ledger and in the log a sentence is
 * English, whatever the screen speaks; here it is read by the pattern that it was made by, `{1}` being what
 * stands in the first blank (`{1_}`: a single word), and what stands in a blank is said in turn. What is not
 * known stays English.
 */
export class PhraseBook {
  readonly #whole = new Map<string, string>();
  readonly #phrases: readonly Phrase[];
  readonly #remembered = new Map<string, string>();

  /** From the English pattern to what is said for it, with the same blanks. */
  constructor(entries: Readonly<Record<string, string>>) {
    const patterns: string[] = [];
    for (const english of Object.keys(entries)) {
      if (BLANK.test(english)) patterns.push(english);
      else this.#whole.set(withoutPeriod(english), withoutPeriod(entries[english] ?? english));
    }
    this.#phrases = patterns
      .sort((one, other) => weightOf(other) - weightOf(one))
      .map((english) => phraseOf(english, entries[english] ?? english));
  }

  say(sentence: string): string {
    if (sentence.length > LONGEST) return sentence;
    const remembered = this.#remembered.get(sentence);
    if (remembered !== undefined) return remembered;
    const said = sentence.includes(DIVIDER)
      ? sentence
          .split(DIVIDER)
          .map((one) => this.say(one))
          .join(DIVIDER)
      : (this.#whole.get(sentence) ?? this.#read(sentence) ?? this.#inPieces(sentence));
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(sentence, said);
    return said;
  }

  #read(sentence: string): string | undefined {
    const bare = withoutPeriod(sentence);
    const whole = this.#whole.get(bare);
    if (whole !== undefined) return whole + sentence.slice(bare.length);
    for (const { starts, ends, pattern, said } of this.#phrases) {
      if (!sentence.startsWith(starts) || !bare.endsWith(ends)) continue;
      const match = pattern.exec(sentence);
      if (match === null) continue;
      const period = match.at(-1) ?? '';
      return said.replace(/\{(\d)\}/g, (_, place) => this.say(match[Number(place)] ?? '')) + period;
    }
    return undefined;
  }

  #inPieces(sentence: string): string {
    for (const joint of JOINTS) {
      const at = sentence.indexOf(joint);
      if (at <= 0) continue;
      const [first, rest] = [sentence.slice(0, at), sentence.slice(at + joint.length)];
      return this.say(first) + joint + this.say(rest);
    }
    return sentence;
  }
}

const withoutPeriod = (text: string): string => (text.endsWith('.') ? text.slice(0, -1) : text);

/** The nearest is the one that begins with words of its own, and of those the one that has most of them. */
const weightOf = (english: string): number =>
  english.replace(/\{\d_?\}/g, '').length + (english.startsWith('{') ? 0 : LONGEST);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function phraseOf(english: string, said: string): Phrase {
  const bare = withoutPeriod(english);
  const pieces = bare.split(/\{\d_?\}/);
  const blanks = [...bare.matchAll(/\{\d(_?)\}/g)].map(([, word]) => (word ? '(\\S+?)' : '(.*?)'));
  const source = pieces.map((piece, index) => escaped(piece) + (blanks[index] ?? '')).join('');
  const pattern = new RegExp(`^${source}(\\.?)$`, 's');
  return { starts: pieces[0] ?? '', ends: pieces.at(-1) ?? '', pattern, said: withoutPeriod(said) };
}
