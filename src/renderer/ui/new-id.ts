const ID_BYTES = 8;

/** Unlike any other. `randomUUID` is missing where the page comes over plain HTTP from another machine. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(ID_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
