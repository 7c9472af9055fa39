import type { Locator } from 'playwright-core';

/** Names of controls and headings of which a part is not to be seen, and that nothing says in full. */
export const cutNames = (panel: Locator): Promise<readonly string[]> =>
  panel.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('button, th, label, legend, h2, h3, dt, summary')]
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .filter((one) => getComputedStyle(one).overflowX !== 'visible')
      .filter((one) => one.closest('[title]:not([title=""])') === null)
      .map((one) => one.innerText),
  );

/** Names that users and exchanges gave, and those of keys. One a line. */
const SAID_IN_ENGLISH = [
  /Demo grid/g, //
  /demo [A-Z]+/g,
  /TradingView Lightweight Charts/g,
  /\b(Ctrl|Alt|Shift|Esc|Enter|Space|Page|Home|End|Delete|Tab)\b/g,
];

/** What stands there in English, be it said or shown as a hint: two words of it beside one another. */
export async function englishIn(panel: Locator): Promise<readonly string[]> {
  const texts = await panel.evaluate((root) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // The program's own log speaks English to everybody.
      if (node.parentElement?.closest('[data-testid="log-lines"]') === null)
        found.push(node.nodeValue ?? '');
    }
    for (const one of root.querySelectorAll('[title], [aria-label], [placeholder]')) {
      for (const name of ['title', 'aria-label', 'placeholder']) {
        found.push(one.getAttribute(name) ?? '');
      }
    }
    return found;
  });
  return texts.filter((text) =>
    /[A-Za-z]{2,}[,:;]? [A-Za-z]{2,}/.test(
      SAID_IN_ENGLISH.reduce((rest, said) => rest.replace(said, ''), text),
    ),
  );
}
