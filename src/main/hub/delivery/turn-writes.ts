import type { Socket as NetSocket } from 'node:net';

/** A turn of the event loop, as far as it concerns writing. */
interface Turn {
  /** What was held back in it, and leaves at its end. */
  readonly held: NetSocket[];
}

let current: Turn | null = null;

function thisTurn(): Turn {
  if (current) return current;
  current = { held: [] };
  process.nextTick(endTurn);
  return current;
}

function endTurn(): void {
  const lines = current?.held ?? [];
  current = null;
  for (const line of lines) line.uncork();
}

/**
 * Writes to one line: the first of a turn at once, whatever follows it in the same turn all together
 * at the turn's end. A write to the system costs more than the message that it carries.
 */
export class TurnWrites {
  #turn: Turn | null = null;
  #held: NetSocket | null = null;

  write(line: NetSocket, frames: Buffer): void {
    const turn = thisTurn();
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#held = null;
    } else if (line !== this.#held) this.#hold(turn, line);
    else if (line.writableLength + frames.length >= line.writableHighWaterMark) letPass(line);
    line.write(frames);
  }

  #hold(turn: Turn, line: NetSocket): void {
    this.#held = line;
    line.cork();
    turn.held.push(line);
  }
}

/** What waits is let go before it makes the line look as if its reader were slow. */
function letPass(line: NetSocket): void {
  line.uncork();
  line.cork();
}
