/**
 * Where each function runs and what it may touch, as data. Read by every host, so that this machine and a deployment
 * cannot drift apart.
 */

export type FunctionName = 'dispatch' | 'poll' | 'digest' | 'deliver' | 'feedback' | 'web';
export type QueueName = 'poll' | 'deliver' | 'notices';
export type TableName = 'news' | 'people';

/** `atOnceMax`: invocations at the same time. On AWS also what a flood, or a mistake of ours, can spend at most. */
export type Trigger = { readonly atOnceMax: number } & (
  | {
      readonly kind: 'tick';
      readonly everyMinutes: number;
      /** How long after the full five minutes, so that a digest finds what the poll of its tick found. */
      readonly afterMinutes: number;
    }
  | { readonly kind: 'queue'; readonly queue: QueueName; readonly batchSize: number }
  | { readonly kind: 'web' }
);

export interface FunctionPlan {
  /** What it does, in the words of its own first line. */
  readonly does: string;
  readonly trigger: Trigger;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly rights: {
    readonly news?: 'read' | 'write';
    readonly people?: 'read' | 'write';
    /** Queues it may send to. */
    readonly sendsTo?: readonly QueueName[];
    /** Whether it may add to the history, where one is kept. */
    readonly history?: 'append';
    /** Whether it may send mail. */
    readonly mails?: true;
    /** Whether it may read the keys of links and names. */
    readonly keys?: true;
  };
  /** Whether it has to know where the subscriber's pages are. */
  readonly knowsPages?: true;
}

export interface QueuePlan {
  /** At least six times the timeout of its function. */
  readonly visibilitySeconds: number;
  /** Attempts at a message before it is parked in the dead letters. */
  readonly attempts: number;
}

export const functions: Readonly<Record<FunctionName, FunctionPlan>> = {
  dispatch: {
    does: 'sends a message for each shard',
    trigger: { kind: 'tick', everyMinutes: 5, afterMinutes: 0, atOnceMax: 2 }, // one that is tried again may meet the next
    timeoutSeconds: 30,
    memoryMb: 256,
    rights: { sendsTo: ['poll'] },
  },
  poll: {
    does: 'reads one shard of feeds and keeps the hits',
    trigger: { kind: 'queue', queue: 'poll', batchSize: 1, atOnceMax: 50 },
    timeoutSeconds: 60,
    memoryMb: 512,
    rights: { news: 'write', history: 'append' },
    knowsPages: true, // they are no feed
  },
  digest: {
    does: 'freezes and renders each issue that is due and has it fanned out',
    trigger: { kind: 'tick', everyMinutes: 5, afterMinutes: 2, atOnceMax: 2 },
    timeoutSeconds: 60,
    memoryMb: 512,
    rights: { news: 'write', people: 'write', sendsTo: ['deliver'], keys: true },
    knowsPages: true,
  },
  deliver: {
    does: 'sends one batch of deliveries',
    trigger: { kind: 'queue', queue: 'deliver', batchSize: 1, atOnceMax: 5 }, // the send rate is kept by turns, whatever their number
    timeoutSeconds: 60,
    memoryMb: 256,
    rights: { news: 'read', people: 'write', sendsTo: ['deliver'], mails: true, keys: true },
    knowsPages: true,
  },
  feedback: {
    does: "takes the mailer's notices",
    trigger: { kind: 'queue', queue: 'notices', batchSize: 10, atOnceMax: 2 },
    timeoutSeconds: 30,
    memoryMb: 256,
    rights: { people: 'write' },
  },
  web: {
    does: "is the subscriber's pages",
    trigger: { kind: 'web', atOnceMax: 5 }, // a page takes some 50 ms: a hundred in a second
    timeoutSeconds: 10,
    memoryMb: 256,
    rights: { news: 'read', people: 'write', sendsTo: ['deliver'], keys: true },
    knowsPages: true,
  },
};

export const queues: Readonly<Record<QueueName, QueuePlan>> = {
  poll: { visibilitySeconds: 360, attempts: 5 },
  deliver: { visibilitySeconds: 360, attempts: 5 },
  notices: { visibilitySeconds: 180, attempts: 5 },
};

/** How a deployment paces the web pages: as many requests a second, and as many at once. */
export const webPace = { requestsPerSecond: 20, burst: 40 } as const;

export const tables: readonly TableName[] = ['news', 'people'];
