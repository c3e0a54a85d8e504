/** A part of a page as HTML again: Readability keeps it so, to begin anew with other rules when it found too little. */
import { type ElementNode, TextNode } from './page-node.ts';

/** What is within an element, as `parseInto` reads it to the same tree. */
export function htmlOf(element: ElementNode): string {
  const parts: string[] = [];
  write(element, parts);
  return parts.join('');
}

/** Goes as deep as the tree, which is bounded when it is made. */
function write(element: ElementNode, parts: string[]): void {
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node instanceof TextNode) parts.push(escaped(node.textContent));
    else {
      parts.push('<', node.localName);
      for (const { name, value } of node.attributes) parts.push(' ', name, '="', escaped(value), '"');
      parts.push('>');
      write(node, parts);
      parts.push('</', node.localName, '>');
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
