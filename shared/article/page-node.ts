/**
 * The light document that the reader of articles works on: elements and texts with just the part of the DOM that
 * @mozilla/readability asks for. Siblings are linked, so that taking a node away costs the same in a list of any length.
 */
import { htmlOf } from './page-html.ts';
import { parseInto } from './page-tree.ts';

export class TextNode {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  parentNode: ElementNode | null = null;
  previousSibling: PageNode | null = null;
  nextSibling: PageNode | null = null;
  textContent: string;

  constructor(text: string) {
    this.textContent = text;
  }

  get childNodes(): readonly PageNode[] {
    return none;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

const none: readonly PageNode[] = [];

export type PageNode = ElementNode | TextNode;

interface Attribute {
  readonly name: string;
  readonly value: string;
  cloneNode(): Attribute;
}

export class ElementNode {
  readonly nodeType = 1;
  parentNode: ElementNode | null = null;
  previousSibling: PageNode | null = null;
  nextSibling: PageNode | null = null;
  firstChild: PageNode | null = null;
  lastChild: PageNode | null = null;
  /** Readability renames an element by writing to both names, where a document says that it may (see `PageDocument`). */
  localName: string;
  tagName: string;
  readonly #attributes = new Map<string, string>();
  /** Kept until the next change among the children: Readability asks for them by index. */
  #children: ElementNode[] | null = null;

  constructor(name: string) {
    this.localName = name;
    this.tagName = name.toUpperCase();
  }

  get nodeName(): string {
    return this.tagName;
  }

  // --- the tree -------------------------------------------------------------------------------------------------------

  get childNodes(): readonly PageNode[] {
    const nodes: PageNode[] = [];
    for (let node = this.firstChild; node !== null; node = node.nextSibling) nodes.push(node);
    return nodes;
  }

  get children(): readonly ElementNode[] {
    this.#children ??= this.childNodes.filter((node) => node instanceof ElementNode);
    return this.#children;
  }

  get firstElementChild(): ElementNode | null {
    return elementFrom(this.firstChild, 'nextSibling');
  }

  get nextElementSibling(): ElementNode | null {
    return elementFrom(this.nextSibling, 'nextSibling');
  }

  get previousElementSibling(): ElementNode | null {
    return elementFrom(this.previousSibling, 'previousSibling');
  }

  appendChild<Node extends PageNode>(node: Node): Node {
    return this.#insert(node, null);
  }

  replaceChild<Node extends PageNode>(node: PageNode, replaced: Node): Node {
    if (node === replaced) return replaced;
    this.#insert(node, replaced);
    return this.removeChild(replaced);
  }

  removeChild<Node extends PageNode>(node: Node): Node {
    if (node.previousSibling === null) this.firstChild = node.nextSibling;
    else node.previousSibling.nextSibling = node.nextSibling;
    if (node.nextSibling === null) this.lastChild = node.previousSibling;
    else node.nextSibling.previousSibling = node.previousSibling;
    node.parentNode = null;
    node.previousSibling = null;
    node.nextSibling = null;
    this.#children = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  #insert<Node extends PageNode>(node: Node, before: PageNode | null): Node {
    node.parentNode?.removeChild(node);
    const previous = before === null ? this.lastChild : before.previousSibling;
    node.parentNode = this;
    node.previousSibling = previous;
    node.nextSibling = before;
    if (previous === null) this.firstChild = node;
    else previous.nextSibling = node;
    if (before === null) this.lastChild = node;
    else before.previousSibling = node;
    this.#children = null;
    return node;
  }

  // --- looking --------------------------------------------------------------------------------------------------------

  getElementsByTagName(name: string): ElementNode[] {
    const wanted = name.toLowerCase();
    return this.#descendants((element) => wanted === '*' || element.localName === wanted);
  }

  /** @param names element names in any case, parted by commas: the only selectors that Readability has */
  querySelectorAll(names: string): ElementNode[] {
    const wanted = new Set(names.toLowerCase().split(','));
    return this.#descendants(({ localName }) => wanted.has(localName));
  }

  #descendants(isWanted: (element: ElementNode) => boolean): ElementNode[] {
    const found: ElementNode[] = [];
    for (let node = this.firstChild; node !== null; node = nodeAfter(node, this)) {
      if (node instanceof ElementNode && isWanted(node)) found.push(node);
    }
    return found;
  }

  // --- attributes -------------------------------------------------------------------------------------------------------

  get attributes(): readonly Attribute[] {
    return [...this.#attributes].map(([name, value]) => {
      const attribute: Attribute = { name, value, cloneNode: () => attribute };
      return attribute;
    });
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  setAttributeNode({ name, value }: Attribute): void {
    this.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  set className(value: string) {
    this.setAttribute('class', value);
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  set id(value: string) {
    this.setAttribute('id', value);
  }

  /** Of all styles a tree has only those that hide (see `page-tree.ts`). */
  get style(): { readonly display: string; readonly visibility: string } {
    return { display: this.hasAttribute('style') ? 'none' : '', visibility: '' };
  }

  // --- text -----------------------------------------------------------------------------------------------------------

  get textContent(): string {
    let text = '';
    for (let node = this.firstChild; node !== null; node = nodeAfter(node, this)) {
      if (node instanceof TextNode) text += node.textContent;
    }
    return text;
  }

  set textContent(text: string) {
    this.#clear();
    this.appendChild(new TextNode(text));
  }

  get innerHTML(): string {
    return htmlOf(this);
  }

  set innerHTML(html: string) {
    this.#clear();
    parseInto(this, html);
  }

  #clear(): void {
    while (this.firstChild !== null) this.removeChild(this.firstChild);
  }
}

function elementFrom(start: PageNode | null, direction: 'nextSibling' | 'previousSibling'): ElementNode | null {
  for (let node = start; node !== null; node = node[direction]) if (node instanceof ElementNode) return node;
  return null;
}

/** The node behind this one in the order of the document, within `root`; null after the last. */
function nodeAfter(node: PageNode, root: ElementNode): PageNode | null {
  if (node instanceof ElementNode && node.firstChild !== null) return node.firstChild;
  for (let at: PageNode = node; at !== root; ) {
    if (at.nextSibling !== null) return at.nextSibling;
    if (at.parentNode === null) return null;
    at = at.parentNode;
  }
  return null;
}
