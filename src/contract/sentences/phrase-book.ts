import type { Notification } from '#domain/notification.ts';

interface Phrase {
  readonly starts: string;
  readonly ends: string;
  readonly pattern: RegExp;
  readonly said: string;
  /** The blanks that hold a name. */
  readonly names: ReadonlySet<number>;
}

/** Between sentences that have nothing to do with one another. */
const DIVIDER = ' · ';
/** What is joined by these is said piece by piece where the whole is not known. */
const JOINTS = ['; ', ': '] as const;

/** Lists show the same sentences again and again; this many are kept as they were said last. */
const MOST_REMEMBERED = 4_000;

/** What is longer is no sentence of ours: a file's content, say. */
const LONGEST = 1_000;

/** `{1}`; of a single word `{1_}`, of a number `{1#}`; with `=` behind it a name. */
const BLANK = /\{(\d)([_#]?)(=?)\}/;
const BLANKS = new RegExp(BLANK, 'g');
const HELD: Readonly<Record<string, string>> = { '': '(.*?)', _: '(\\S+?)', '#': '([\\d.,]+)' };

/** What is told the user in passing, as the hub puts it. */
type Notice = Pick<Notification, 'kind' | 'title' | 'body'>;

/**
 * Says the hub's sentences in another language. On the wire, in the ledger and in the log a sentence is
 * English, whatever the screen speaks; here it is read by the pattern that it was made by, `{1}` being what
 * stands in the first blank, and what stands in a blank is said in turn. A name (`{1=}`) stays as it is,
 * whatever word it is, but for those that Tapedeck gives. What is not known stays English.
 */
export class PhraseBook {
  readonly #whole = new Map<string, string>();
  readonly #phrases: readonly Phrase[];
  /** Those that reach over a divider. */
  readonly #divided: readonly Phrase[];
  readonly #names: Readonly<Record<string, string>>;
  /** What alerts are titled by: names, and what is put before them. */
  readonly #titles: PhraseBook | null;
  readonly #remembered = new Map<string, string>();

  /**
   * `entries`: from the English pattern to what is said for it, with the same blanks. `titles`: of these, those
   * of alerts' titles. `names`: those that Tapedeck gives.
   */
  constructor(
    entries: Readonly<Record<string, string>>,
    names: Readonly<Record<string, string>> = {},
    titles: Readonly<Record<string, string>> | null = null,
  ) {
    this.#names = names;
    this.#titles = titles && new PhraseBook(titles, names);
    const patterns: string[] = [];
    for (const english of Object.keys(entries)) {
      if (BLANK.test(english)) patterns.push(english);
      else this.#whole.set(withoutPeriod(english), withoutPeriod(entries[english] ?? english));
    }
    this.#phrases = patterns
      .sort((one, other) => weightOf(other) - weightOf(one))
      .map((english) => phraseOf(english, entries[english] ?? english));
    this.#divided = this.#phrases.filter(({ said }) => said.includes(DIVIDER));
  }

  /** A name that may be one of Tapedeck's own. */
  sayName(name: string): string {
    return this.#names[name] ?? name;
  }

  /** The title of an alert's news: its rule's name is somebody's, whatever it is. */
  sayTitle(title: string): string {
    return this.#names[title] ?? this.#titles?.say(title) ?? title;
  }

  /** Whatever stands in it, an announcement is in the words of whoever made it. */
  sayNotice({ kind, title, body }: Notice): Pick<Notice, 'title' | 'body'> {
    if (kind === 'announcement') return { title, body };
    return {
      title: kind === 'alert' ? this.sayTitle(title) : this.say(title),
      body: this.say(body),
    };
  }

  say(sentence: string): string {
    if (sentence.length > LONGEST) return sentence;
    const remembered = this.#remembered.get(sentence);
    if (remembered !== undefined) return remembered;
    const said = sentence.includes(DIVIDER)
      ? (this.#read(sentence, this.#divided) ?? this.#divide(sentence))
      : (this.#whole.get(sentence) ??
        this.#read(sentence, this.#phrases) ??
        this.#inPieces(sentence));
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(sentence, said);
    return said;
  }

  #divide(sentence: string): string {
    const pieces = sentence.split(DIVIDER);
    return pieces.map((one) => this.say(one)).join(DIVIDER);
  }

  #read(sentence: string, phrases: readonly Phrase[]): string | undefined {
    const bare = withoutPeriod(sentence);
    const whole = this.#whole.get(bare);
    if (whole !== undefined) return whole + sentence.slice(bare.length);
    for (const { starts, ends, pattern, said, names } of phrases) {
      if (!sentence.startsWith(starts) || !bare.endsWith(ends)) continue;
      const match = pattern.exec(sentence);
      if (match === null) continue;
      const period = match.at(-1) ?? '';
      const filled = said.replace(BLANKS, (_, digit) => {
        const place = Number(digit);
        const held = match[place] ?? '';
        return names.has(place) ? this.sayName(held) : this.say(held);
      });
      return filled + period;
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
  english.replace(BLANKS, '').length + (english.startsWith('{') ? 0 : LONGEST);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function phraseOf(english: string, said: string): Phrase {
  const bare = withoutPeriod(english);
  const blanks = [...bare.matchAll(BLANKS)].map(([, place = '', kind = '', name]) => ({
    ...{ place: Number(place), held: HELD[kind] ?? '', isName: name !== '' },
  }));
  const pieces = bare.split(/\{\d[_#]?=?\}/);
  const source = pieces
    .map((piece, index) => escaped(piece) + (blanks[index]?.held ?? ''))
    .join('');
  const names = new Set(blanks.filter(({ isName }) => isName).map(({ place }) => place));
  const pattern = new RegExp(`^${source}(\\.?)$`, 's');
  return {
    starts: pieces[0] ?? '',
    ends: pieces.at(-1) ?? '',
    pattern,
    said: withoutPeriod(said),
    names,
  };
}
