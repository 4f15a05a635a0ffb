/** No standard is set for this occupation and level: a known error of the input, named so that a person can correct it. */
export class StandardMissing extends Error {
  constructor(
    readonly occupation: string,
    readonly level: string,
  ) {
    super(`no standard for ${JSON.stringify(occupation)}, level ${JSON.stringify(level)}`);
  }
}

/** A table of standards as rules see it: occupation → level → fen per person. */
export class Standards {
  readonly #table: Readonly<Record<string, Readonly<Record<string, string>>>>;

  constructor(table: Readonly<Record<string, Readonly<Record<string, string>>>>) {
    this.#table = table;
  }

  /** Fen per person, or undefined where the table has no such row. Own keys only: 'constructor' is no occupation. */
  find(occupation: string, level: string): bigint | undefined {
    const levels = Object.hasOwn(this.#table, occupation) ? this.#table[occupation] : undefined;
    const fen = levels && Object.hasOwn(levels, level) ? levels[level] : undefined;
    return fen === undefined ? undefined : BigInt(fen);
  }

  /** Fen per person. Throws StandardMissing where the table has no such row. */
  require(occupation: string, level: string): bigint {
    const fen = this.find(occupation, level);
    if (fen === undefined) throw new StandardMissing(occupation, level);
    return fen;
  }
}
