/** ask by mail: what somebody asks for on a page is answered by a letter, so that no page tells who is known. A part of `web`. */
import type { Request } from '../shared/delivery/request.ts';
import type { PageHtml } from '../shared/pages/page.ts';
import { putRequest } from '../shared/store/requests.ts';
import { takeTurn } from '../shared/store/turns.ts';
import { writeJob } from './job.ts';
import { sendAll } from './lambda.ts';
import { type Page, refuse, sourceOf } from './page-edge.ts';
import type { WebWorld } from './web.ts';

/** One put and one message, whoever is known here: what follows from it happens where no answer waits for it. */
export async function askByMail(world: WebWorld, page: Page, asked: Request, answer: PageHtml): Promise<Response> {
  const { people, links, clock } = world;
  if (!(await takeTurn(people, sourceOf(page.env), links.keys, clock.now()))) return refuse(page, 429);
  const request = await putRequest(people, asked, links.keys, clock.now());
  await sendAll(world.deliverQueue, [{ body: writeJob({ kind: 'letter', request }) }]);
  return page.html(answer);
}
