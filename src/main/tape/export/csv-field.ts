const NEEDS_QUOTES = /[",\r\n#]|^\s|\s$/;

/** A field as RFC 4180 has it. Exchanges' ids hardly ever need it. */
export const stringifyField = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
