/** Of its JSON: it goes to the main thread, and to disk, with each step. */
const MOST_CHARACTERS = 250_000;

/** A module's state as it is kept. What does not survive a restart is not to be relied on before one either. */
export function keptState(state: unknown): unknown {
  const text = JSON.stringify(state);
  if (text === undefined) throw new TypeError('bot.state must be plain data (JSON)');
  if (text.length > MOST_CHARACTERS) {
    throw new RangeError(
      `bot.state is too large: ${text.length} characters of JSON, of ${MOST_CHARACTERS} allowed`,
    );
  }
  return JSON.parse(text);
}
