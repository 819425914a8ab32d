/** A list that is always in order, in pieces: adding or taking out at any place stays cheap with 100,000 items. */

const fullPiece = 512;

/** No two items may be equal in order. */
export class SortedList<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  /** Each in order, none empty, and all of one before all of the next. */
  readonly #pieces: Item[][] = [];

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  first(): Item | undefined {
    return this.#pieces[0]?.[0];
  }

  *[Symbol.iterator](): Generator<Item, void> {
    for (const piece of this.#pieces) yield* piece;
  }

  /** The first that is so. */
  find(isWanted: (item: Item) => boolean): Item | undefined {
    for (const piece of this.#pieces) for (const item of piece) if (isWanted(item)) return item;
    return undefined;
  }

  add(item: Item): void {
    const end = this.#pieces.length - 1;
    const last = this.#pieces[end];
    if (!last) {
      this.#pieces.push([item]);
      return;
    }
    // What is due latest or was made last goes to the end, and most is.
    const at = this.#isAfterAll(last, item) ? end : Math.min(this.#pieceFor(item), end);
    const piece = this.#pieces[at] ?? last;
    const place = this.#isAfterAll(piece, item) ? piece.length : this.#placeIn(piece, item);
    piece.splice(place, 0, item);
    if (piece.length > fullPiece) this.#pieces.splice(at + 1, 0, piece.splice(fullPiece / 2));
  }

  /** Takes out the item that is equal in order, if there is one. */
  remove(item: Item): void {
    const first = this.first();
    // What comes first is taken out first.
    const isFirst = first !== undefined && this.#compare(first, item) === 0;
    const at = isFirst ? 0 : this.#pieceFor(item);
    const piece = this.#pieces[at];
    if (!piece) return;
    const place = isFirst ? 0 : this.#placeIn(piece, item);
    const found = piece[place];
    if (found === undefined || this.#compare(found, item) !== 0) return;
    if (piece.length === 1) this.#pieces.splice(at, 1);
    else piece.splice(place, 1);
  }

  #isAfterAll(piece: readonly Item[], item: Item): boolean {
    const last = piece.at(-1);
    return last !== undefined && this.#compare(last, item) < 0;
  }

  /** The first piece whose last item does not go before the item. */
  #pieceFor(item: Item): number {
    return firstNotBefore(this.#pieces.length, (n) => this.#isAfterAll(this.#pieces[n] ?? [], item));
  }

  #placeIn(piece: readonly Item[], item: Item): number {
    return firstNotBefore(piece.length, (n) => {
      const other = piece[n];
      return other !== undefined && this.#compare(other, item) < 0;
    });
  }
}

/** By bisection: the first of `count` numbers that is not before. */
function firstNotBefore(count: number, isBefore: (n: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
