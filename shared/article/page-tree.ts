/**
 * HTML → a light document of bounded size: what nobody reads is left out while it is read, and so is what goes too deep.
 * On the tokens of htmlparser2 and not on its parser, whose list of open elements is searched for each stray end tag.
 */
import { Tokenizer } from 'htmlparser2';
import { ignoring } from '../feed/references.ts';
import { limits } from '../limits.ts';
import { blocks, containers, empty, endedBy, kept, keptOnlyIf, skipped, unread, unwanted } from './elements.ts';
import { PageDocument } from './page-document.ts';
import { ElementNode, TextNode } from './page-node.ts';

export interface Page {
  readonly document: PageDocument;
  /** The texts of its JSON-LD scripts. */
  readonly data: readonly string[];
  /** What its `<meta name="robots">` say, in small letters. */
  readonly robots: string;
}

/** Null when it has more elements or text than any article. */
export function readPage(html: string): Page | null {
  const root = new ElementNode('html');
  const { data, isWhole } = parseInto(root, html);
  if (!isWhole) return null;
  const title = root.getElementsByTagName('title')[0]?.textContent.slice(0, limits.titleCharsMax) ?? '';
  const body = new ElementNode('body');
  const robots: string[] = [];
  for (const node of root.childNodes) {
    if (node instanceof ElementNode && node.localName === 'title') node.remove();
    else body.appendChild(node);
  }
  for (const node of body.querySelectorAll(unwanted)) node.remove();
  for (const meta of body.getElementsByTagName('meta')) {
    if (/^robots$/i.test(meta.getAttribute('name') ?? '')) robots.push(meta.getAttribute('content') ?? '');
  }
  root.appendChild(body);
  return { document: new PageDocument(root, body, title), data, robots: robots.join(',').toLowerCase() };
}

/** Adds what the HTML says to an element. `html`, `head` and `body` are not kept: whatever is in them is in `root`. */
export function parseInto(root: ElementNode, html: string): Pick<TreeBuilder, 'data' | 'isWhole'> {
  const builder = new TreeBuilder(root);
  const nameIn = (start: number, end: number): string =>
    html.slice(start, Math.min(end, start + longestName)).toLowerCase();
  let element = new ElementNode('');
  let attribute = '';
  let value = '';
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignoring,
      onopentagname(start, end) {
        element = new ElementNode(nameIn(start, end));
      },
      onattribname(start, end) {
        attribute = nameIn(start, end);
        value = '';
      },
      onattribdata(start, end) {
        value += html.slice(start, Math.min(end, start + limits.articleAttributeCharsMax - value.length));
      },
      onattribentity(code) {
        if (value.length < limits.articleAttributeCharsMax) value += String.fromCodePoint(code);
      },
      onattribend() {
        if (!kept.has(attribute) || element.hasAttribute(attribute)) return;
        if (keptOnlyIf[attribute]?.test(value) !== false) element.setAttribute(attribute, value);
      },
      onopentagend: () => builder.begin(element),
      // Of HTML's own elements a slash ends none; of those that are not read, the drawings and formulas, it does.
      onselfclosingtag: () => (unread.has(element.localName) ? undefined : builder.begin(element)),
      onclosetag: (start, end) => builder.end(nameIn(start, end)),
      ontext: (start, end) => builder.text(html.slice(start, end)),
      ontextentity: (code) => builder.text(String.fromCodePoint(code)),
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  builder.finish();
  return builder;
}

/** No name that means anything here is longer. */
const longestName = 32;

/** Puts tags and texts into a tree, in their order; forgiving, as HTML is. */
class TreeBuilder {
  readonly data: string[] = [];
  readonly #open: ElementNode[];
  /** How many of each name are open: stray end tags are many, and would each be looked for in vain. */
  readonly #openOf = new Map<string, number>();
  /** The element whose text nobody reads, while inside it, and how many of its name are open in it. */
  #unread: { readonly name: string; readonly isData: boolean; depth: number } | null = null;
  #text = '';
  #elements = 0;
  #chars = 0;

  constructor(root: ElementNode) {
    this.#open = [root];
  }

  /** Whether there was no more than is read of a page. */
  get isWhole(): boolean {
    return this.#elements <= limits.articleElementsMax && this.#chars <= limits.articleTextCharsMax;
  }

  get #top(): ElementNode {
    return this.#open.at(-1)!;
  }

  begin(element: ElementNode): void {
    const name = element.localName;
    if (this.#unread !== null) {
      if (name === this.#unread.name) this.#unread.depth += 1;
    } else if (unread.has(name)) {
      const isData = name === 'script' && /^application\/ld\+json/i.test(element.getAttribute('type') ?? '');
      if (isData) this.data.push('');
      this.#unread = { name, isData, depth: 1 };
    } else if (!skipped.has(name)) {
      this.#elements += 1;
      if (this.#elements <= limits.articleElementsMax) this.#add(element);
    }
  }

  end(name: string): void {
    if (this.#unread === null) this.#close(name);
    else if (name === this.#unread.name) {
      this.#unread.depth -= 1;
      if (this.#unread.depth === 0) this.#unread = null;
    }
  }

  text(piece: string): void {
    if (this.#unread?.isData === false) return;
    this.#chars += piece.length;
    if (this.#chars > limits.articleTextCharsMax) return;
    if (this.#unread === null) this.#text += piece;
    else this.data[this.data.length - 1] += piece;
  }

  finish(): void {
    if (this.#text !== '') this.#top.appendChild(new TextNode(this.#text));
    this.#text = '';
  }

  #add(element: ElementNode): void {
    const name = element.localName;
    for (const ended of endedBy[name] ?? []) if (this.#top.localName === ended) this.#close(ended);
    if (name !== 'p' && blocks.has(name)) this.#closeParagraph();
    this.finish();
    if (this.#open.length > limits.articleDepthMax) return;
    this.#top.appendChild(element);
    if (empty.has(name)) return;
    this.#open.push(element);
    this.#openOf.set(name, (this.#openOf.get(name) ?? 0) + 1);
  }

  #close(name: string): void {
    if (!this.#openOf.get(name)) return;
    for (let at = this.#open.length - 1; at > 0; at--) {
      const { localName } = this.#open[at]!;
      if (localName === name) {
        this.finish();
        for (const closed of this.#open.splice(at))
          this.#openOf.set(closed.localName, this.#openOf.get(closed.localName)! - 1);
        return;
      }
      // An end tag of a text does not end the block that it stands in.
      if (containers.has(localName) && !containers.has(name)) return;
    }
  }

  #closeParagraph(): void {
    if (!this.#openOf.get('p')) return;
    const at = this.#open.findLastIndex(({ localName }) => localName === 'p');
    if (this.#open.slice(at + 1).every(({ localName }) => !blocks.has(localName))) this.#close('p');
  }
}
