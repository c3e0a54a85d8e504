/** What a page says of itself as linked data (schema.org in JSON-LD): the article's text, and whether all may read it. */

export interface PageData {
  /** The longest `articleBody`, as it is written: text, or HTML. */
  readonly articleBody: string | null;
  /** Whether it says that only subscribers may read it. */
  readonly forSubscribers: boolean;
}

/** Nodes looked at: pages describe some tens of things. */
const nodesMax = 2_000;

/** @param scripts texts of the page's JSON-LD scripts; what is no JSON says nothing */
export function pageData(scripts: readonly string[]): PageData {
  let articleBody: string | null = null;
  let forSubscribers = false;
  const waiting: unknown[] = scripts.map(parsed);
  for (let looked = 0; waiting.length > 0 && looked < nodesMax; looked++) {
    const node = waiting.shift();
    if (Array.isArray(node)) waiting.push(...node.slice(0, nodesMax));
    if (typeof node !== 'object' || node === null || Array.isArray(node)) continue;
    const { articleBody: body, isAccessibleForFree: free } = node as Readonly<Record<string, unknown>>;
    if (typeof body === 'string' && body.length > (articleBody?.length ?? 0)) articleBody = body;
    if (free === false || (typeof free === 'string' && /^(?:https?:\/\/schema\.org\/)?false$/i.test(free)))
      forSubscribers = true;
    waiting.push(
      ...Object.values(node)
        .filter((value) => typeof value === 'object')
        .slice(0, nodesMax),
    );
  }
  return { articleBody, forSubscribers };
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(
      script.replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\s*\]\]>|\]\]>)\s*$/g, ''),
    );
  } catch {
    return null;
  }
}
