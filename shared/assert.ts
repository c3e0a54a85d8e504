/** Broken invariants: a bug of ours, never a fault of the outside and never bad input. */

/** Throws when what must hold does not; the message says what should have been so. */
export function assert(holds: unknown, invariant: string): asserts holds {
  if (!holds) throw new Error(`Broken invariant: ${invariant}`);
}

/** For the default of a switch over a union's kinds: the compiler proves that it is not reached. */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: no case for ${JSON.stringify(value)}`);
}
