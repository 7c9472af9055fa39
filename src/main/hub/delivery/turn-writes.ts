import type { Socket as NetSocket } from 'node:net';

/** The turns of the event loop in which something was written are counted. */
let turn = 0;
let isInTurn = false;
/** What is held back in this one. */
let held: NetSocket[] = [];

function thisTurn(): number {
  if (isInTurn) return turn;
  isInTurn = true;
  turn += 1;
  process.nextTick(endTurn);
  return turn;
}

function endTurn(): void {
  isInTurn = false;
  if (held.length === 0) return;
  const lines = held;
  held = [];
  for (const line of lines) line.uncork();
}

/**
 * Writes to one line: the first of a turn at once, whatever follows it in the same turn all together
 * at the turn's end. A write to the system costs more than the message that it carries.
 */
export class TurnWrites {
  /** A number: a reference to something new would be work for the garbage collector at each write. */
  #turn = 0;
  #held: NetSocket | null = null;

  write(line: NetSocket, frames: Buffer): void {
    const now = thisTurn();
    if (now !== this.#turn) {
      this.#turn = now;
      this.#held = null;
    } else if (line !== this.#held) this.#hold(line);
    else if (line.writableLength + frames.length >= line.writableHighWaterMark) letPass(line);
    line.write(frames);
  }

  #hold(line: NetSocket): void {
    this.#held = line;
    line.cork();
    held.push(line);
  }
}

/** What waits is let go before it makes the line look as if its reader were slow. */
function letPass(line: NetSocket): void {
  line.uncork();
  line.cork();
}
