/** Who read the output may leave (`| head`), or the terminal be closed: what is being done goes on. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

/** One line for a program that reads what a command answers. */
export function answer(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line for the person at the terminal. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Why a command could not be done; gives its exit code. */
export function complain(message: string): number {
  tell(message);
  return 1;
}
