/** Publishers in memory: what each address answers, with validators. Held to `test/conformance/http.ts`. */
import { createHash } from 'node:crypto';
import type { GroupedHttp, HttpAnswer, HttpRequest } from '../../shared/world.ts';

export interface Origin extends GroupedHttp {
  /** Publishes a body under an address; a second one replaces the first. */
  publish(url: string, body: string, headers?: Readonly<Record<string, string>>): void;
  /** Lets an address answer so and nothing else; null goes back to what was published. */
  answer(url: string, answer: HttpAnswer | null): void;
  readonly asked: HttpRequest[];
}

export function memoryOrigin(): Origin {
  const pages = new Map<string, { body: Uint8Array; headers: Readonly<Record<string, string>> }>();
  const answers = new Map<string, HttpAnswer>();
  const asked: HttpRequest[] = [];
  return {
    asked,
    publish(url, text, headers = { 'content-type': 'application/xml' }) {
      const body = new TextEncoder().encode(text);
      const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 12)}"`;
      pages.set(url, { body, headers: { etag, ...headers } });
    },
    answer(url, answer) {
      if (answer === null) answers.delete(url);
      else answers.set(url, answer);
    },
    hangUp: async () => {},
    async get(request) {
      asked.push(request);
      const answer = answers.get(request.url);
      if (answer !== undefined) return answer;
      const page = pages.get(request.url);
      if (page === undefined) return { kind: 'answer', status: 404, headers: {}, body: new Uint8Array() };
      const { body, headers } = page;
      if (request.headers['if-none-match'] === headers.etag) {
        return { kind: 'answer', status: 304, headers, body: new Uint8Array() };
      }
      return { kind: 'answer', status: 200, headers, body };
    },
  };
}
