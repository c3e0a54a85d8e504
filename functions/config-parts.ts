/**
 * Of the watch file each function is given the part that it needs, and no more: who is told stays away from code that
 * reads hostile bytes, and an edit deploys only the functions that it concerns.
 */
import type { Config } from '../shared/watch/config.ts';
import { type PollConfig, pollConfig } from '../shared/watch/poll-config.ts';
import type { DeliverWorld } from './deliver.ts';
import type { DigestWorld } from './digest.ts';
import type { DispatchWorld } from './dispatch.ts';
import type { WebWorld } from './web.ts';

export interface ConfigParts {
  readonly dispatch: DispatchWorld['config'];
  readonly poll: PollConfig;
  readonly digest: DigestWorld['config'];
  readonly deliver: DeliverWorld['config'];
  readonly web: WebWorld['config'];
}

export function configParts(config: Config): ConfigParts {
  const { feeds, watches, digests, deliver } = config;
  return {
    dispatch: { feeds },
    poll: pollConfig(config),
    digest: { feeds, watches: watches.map(({ id, name, feeds }) => ({ id, name, feeds })), digests },
    deliver: { deliver, digests: digests.map(({ id, name, when, zone, to }) => ({ id, name, when, zone, to })) },
    // Whom the operator names is of no use to pages, which read what strangers send.
    web: {
      deliver,
      digests: digests.map((digest) => ({ ...digest, to: [] })),
      watches: watches.map(({ id, name }) => ({ id, name })),
    },
  };
}
