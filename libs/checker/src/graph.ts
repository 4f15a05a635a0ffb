/** A growing graph of numbered states. Edges must be added in the order of their sources. */
export class Graph {
  private readonly starts: number[] = [];
  private readonly targets: number[] = [];
  private readonly parents: number[] = [];
  private readonly causes: number[] = [];
  readonly closed: number[] = [];

  get states(): number {
    return this.parents.length;
  }
  get edges(): number {
    return this.targets.length;
  }

  /** A new state, first reached from `parent` by cause number `cause`. */
  add(parent: number, cause: number): number {
    this.parents.push(parent);
    this.causes.push(cause);
    return this.parents.length - 1;
  }

  /** From now on edges start here. */
  open(): void {
    this.starts.push(this.targets.length);
  }

  edge(to: number): void {
    this.targets.push(to);
  }

  /** The causes that lead from the first state to this one, by the shortest way. */
  pathTo(state: number): readonly number[] {
    const path: number[] = [];
    for (let at = state; at > 0; at = this.parents[at]!) path.unshift(this.causes[at]!);
    return path;
  }

  /** The first state from which no closed state can be reached, and how many there are. */
  deadEnds(): { readonly first: number; readonly count: number } | null {
    const [offsets, sources] = this.backward();
    const alive = new Uint8Array(this.states);
    const stack = [...this.closed];
    for (const state of stack) alive[state] = 1;
    while (stack.length > 0) {
      const state = stack.pop()!;
      for (let at = offsets[state]!; at < offsets[state + 1]!; at += 1) {
        const source = sources[at]!;
        if (alive[source] === 1) continue;
        alive[source] = 1;
        stack.push(source);
      }
    }
    const first = alive.indexOf(0);
    return first < 0 ? null : { first, count: alive.reduce((count, one) => count + 1 - one, 0) };
  }

  /** Edges by target. */
  private backward(): readonly [Uint32Array, Uint32Array] {
    const offsets = new Uint32Array(this.states + 2);
    for (const target of this.targets) offsets[target + 2]! += 1;
    for (let at = 2; at < offsets.length; at += 1) offsets[at]! += offsets[at - 1]!;
    const sources = new Uint32Array(this.targets.length);
    for (let source = 0; source < this.starts.length; source += 1) {
      const end = this.starts[source + 1] ?? this.targets.length;
      for (let at = this.starts[source]!; at < end; at += 1) {
        const target = this.targets[at]!;
        sources[offsets[target + 1]!] = source;
        offsets[target + 1]! += 1;
      }
    }
    return [offsets, sources];
  }
}
