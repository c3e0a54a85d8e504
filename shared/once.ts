/** What takes time to make, and many a process never needs: made at its first use, then kept. */

/** @param make without effects; called once, at the first call of what is returned */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
