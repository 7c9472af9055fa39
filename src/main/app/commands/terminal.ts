/** Who read the output may leave (`| head`), or the terminal be closed: what is being done goes on. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

/** Names come from bots of anybody's making: to the terminal they are text. Written as in JSON, which may be the line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const asText = (line: string): string =>
  line.replaceAll(CONTROL, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One line for a program that reads what a command answers. */
export function answer(line: string): void {
  process.stdout.write(`${asText(line)}\n`);
}

/** One line for the person at the terminal. */
export function tell(line: string): void {
  process.stderr.write(`${asText(line)}\n`);
}

/** Why a command could not be done; gives its exit code. */
export function complain(message: string): number {
  tell(message);
  return 1;
}
