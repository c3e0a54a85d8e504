/** The parts of dynalite 4.0 that we use; it ships no types. */

declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options: { path?: string; createTableMs: number }): Server;
}

declare module 'dynalite/db/index.js' {
  export type Callback = (fault: Error | null | undefined, value?: unknown) => void;

  /** abstract-level's iterator: holds a snapshot of the database until it is closed. */
  export interface Cursor {
    next(): Promise<unknown>;
    close(): Promise<void>;
    /** Called by dynalite when it has read enough, where it is there. */
    return?(): Promise<void>;
  }

  export interface Level {
    open(options?: { cacheSize: number; writeBufferSize: number }): Promise<void>;
    put(key: string, value: unknown, callback: Callback): void;
    /** Undefined when it is not there. */
    getSync(key: string): unknown;
    get(key: string, callback: Callback): void;
    del(key: string, callback: Callback): void;
    batch(operations: readonly unknown[], callback: Callback): void;
    keys(options?: object): Cursor;
    values(options?: object): Cursor;
  }

  export interface Store {
    readonly db: Level;
  }

  const stores: { create(options: object): Store };
  export default stores;
}
