/** A page as @mozilla/readability asks for it: a root, a body, a title, and new nodes. */
import { ElementNode, TextNode } from './page-node.ts';

export class PageDocument {
  readonly documentElement: ElementNode;
  readonly body: ElementNode;
  readonly title: string;
  /** Addresses are nobody's business here: only the text is wanted. */
  readonly baseURI = 'about:blank';
  readonly documentURI = 'about:blank';
  readonly firstChild: ElementNode;

  constructor(root: ElementNode, body: ElementNode, title: string) {
    this.documentElement = root;
    this.firstChild = root;
    this.body = body;
    this.title = title;
    // Readability's own light DOM says so of itself: then elements are renamed in place and not copied.
    Reflect.set(root, '__JSDOMParser__', true);
  }

  getElementsByTagName(name: string): ElementNode[] {
    return this.documentElement.getElementsByTagName(name);
  }

  querySelectorAll(names: string): ElementNode[] {
    return this.documentElement.querySelectorAll(names);
  }

  createElement(name: string): ElementNode {
    return new ElementNode(name.toLowerCase());
  }

  createTextNode(text: string): TextNode {
    return new TextNode(text);
  }
}
