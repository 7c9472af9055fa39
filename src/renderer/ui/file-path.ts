const FROM_THE_ROOT = /^(?:[/\\]|[A-Za-z]:[/\\])/;

/** A whole path, of whichever machine the hub runs on: a part of one means nothing to it. */
export const isWholePath = (text: string): boolean => FROM_THE_ROOT.test(text.trim());
