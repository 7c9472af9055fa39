interface Place {
  readonly right: number;
  readonly y: number;
}

/** Where texts of one height stand that are written from left to right: none over another. */
export class FreePlaces {
  readonly #height: number;
  #taken: readonly Place[] = [];

  constructor(height: number) {
    this.#height = height;
  }

  /** Takes the place around a point where it is free; says whether it was. */
  take(x: number, y: number, width: number): boolean {
    const [left, right] = [x - width / 2, x + width / 2];
    // What ends before this one begins is in nobody's way any more, whatever comes.
    const near = this.#taken.filter((place) => place.right > left);
    const isFree = near.every((place) => Math.abs(place.y - y) >= this.#height);
    this.#taken = isFree ? [...near, { right, y }] : near;
    return isFree;
  }
}
