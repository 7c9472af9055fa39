import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { literalTexts } from '#tests/support/literal-texts.ts';

const renderer = join(import.meta.dirname, '..');

/** Read by machines or developers alone, though it looks like words. One a line. */
const NOT_WORDS: ReadonlySet<string> = new Set([
  'Tapedeck',
  'input:not([type=range]), textarea, select',
  '(prefers-color-scheme: light)',
  'each panel stands in one place',
]);

const textsIn = (path: string): readonly string[] =>
  literalTexts(readFileSync(join(renderer, path), 'utf8'), { tsx: path.endsWith('x') });

const sources = globSync('{app,features,stores,ui,workspace}/**/*.{ts,tsx}', {
  cwd: renderer,
}).filter((path) => !/[.]test[.]tsx?$/.test(path));

describe('the texts of the screen', () => {
  it('all go through the translator', () => {
    const texts = sources.flatMap((path) =>
      textsIn(path)
        .filter((text) => !NOT_WORDS.has(text))
        .map((text) => `${path}: ${text}`),
    );
    expect(texts).toEqual([]);
  });
});

describe('literalTexts', () => {
  it.each([
    ['<p>Hello</p>', ['Hello']],
    [`<p>{isLive ? "Live" : \`not \${mode}\`}</p>`, ['Live', 'not']],
    ['<p>{count > 0 && "Some"}</p>', ['Some']],
    [`<button aria-label="Close" title={\`Close \${name}\`} />`, ['Close']],
    ['<Field label="Name" />', ['Name']],
    ['const MODE = { label: "Demo", key: "demo" };', ['Demo']],
    ['element.textContent = "Best bid";', ['Best bid']],
    ['const say = () => "Nothing to see";', ['Nothing to see']],
  ])('finds what is shown: %s', (source, texts) => {
    expect(literalTexts(source, { tsx: true })).toEqual(texts);
  });

  it.each([
    '<p>{t("title")} {price} – 3</p>',
    '<p className={cx("row", "wide")}>{tab === "bots" && <Bots />}</p>',
    '<button aria-label={t("close", { name: "x" })} data-testid="close-all" type="button" />',
    'invariant(root !== null, "index.html has no root");',
    'throw new Error("this is a defect");',
    'type Kind = "not shown" | "never shown";',
    'import { x } from "./a file";',
  ])('leaves alone what is not: %s', (source) => {
    expect(literalTexts(source, { tsx: true })).toEqual([]);
  });
});
