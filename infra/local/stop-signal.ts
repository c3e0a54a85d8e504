/** Ctrl-C, or a request to end from the system. */

/** Resolves at the first of them; a second one ends the process at once, as everybody expects. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
