import type { Socket as NetSocket } from 'node:net';

/** So many wait for a turn's end at most: of a long one the first should not come with the last. */
const MOST_HELD = 16;

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
  #count = 0;

  write(line: NetSocket, frames: Buffer): void {
    const now = thisTurn();
    if (now !== this.#turn) {
      this.#turn = now;
      this.#held = null;
    } else if (line !== this.#held) this.#hold(line);
    else if (this.#count >= MOST_HELD || wouldFill(line, frames)) this.#letPass(line);
    line.write(frames);
    this.#count += 1;
  }

  #hold(line: NetSocket): void {
    this.#held = line;
    this.#count = 0;
    line.cork();
    held.push(line);
  }

  #letPass(line: NetSocket): void {
    this.#count = 0;
    line.uncork();
    line.cork();
  }
}

/** It would look as if its reader were slow. */
const wouldFill = (line: NetSocket, frames: Buffer): boolean =>
  line.writableLength + frames.length >= line.writableHighWaterMark;
