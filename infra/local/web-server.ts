/** One server on loopback: the operator's pages, and the subscriber's pages that mails link to. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { limits } from '../../shared/limits.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { Log } from '../../shared/world.ts';
import type { Host } from './host.ts';
import { type Listening, listenOnLoopback } from './loopback.ts';
import { hitIndex } from './operator/hit-index.ts';
import { operatorPages } from './operator/pages.ts';

/** `/` is the operator's here; on AWS it is the sign-up page. */
const FOR_SUBSCRIBERS = /^\/(?:subscribe|preferences|sample\/.*|[cpuxi]\/.*)$/;

/** @throws HostProblem when the port is taken */
export async function serveWeb(host: Host, config: Config, log: Log, port: number): Promise<Listening> {
  const idOf = (file: string) => basename(file, '.eml');
  const operator = operatorPages({
    clock: { now: Date.now },
    news: host.handlers.news,
    people: host.handlers.people,
    hits: hitIndex(host.handlers.news, config, limits.hitsReadMsMax),
    log,
    config,
    mails: () =>
      host.mails().map(({ file, destinations, receivedAt, tags }) => ({
        id: idOf(file),
        to: destinations,
        at: receivedAt,
        path: file,
        tags,
      })),
    async mailBytes(id) {
      const mail = host.mails().find(({ file }) => idOf(file) === id);
      return mail === undefined ? null : readFile(mail.file);
    },
  });
  // The function knows more of the request from the host: whose socket it is.
  const fetch = (request: Request, bindings: HttpBindings | Http2Bindings) => {
    const forSubscribers = FOR_SUBSCRIBERS.test(new URL(request.url).pathname);
    return forSubscribers ? host.handlers.web.fetch(request, bindings) : operator.fetch(request);
  };
  return listenOnLoopback(createServer(getRequestListener(fetch)), port);
}
