/** The frame that all pages share, and what browsers are told about a page. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { pageStyle, sourceHash } from './page-style.ts';

/** Escaped already. */
export type PageHtml = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * @param title for the browser's list of pages; the heading is the content's
 * @param content already escaped markup
 * @param script a constant of ours that the page also works without; its policy must name it
 */
export function page(title: string, content: PageHtml, script: string | null = null): PageHtml {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${title} · Watchword</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
<header class="brand">Watchword</header>
<main>${content}</main>
${script === null ? '' : html`<script>${raw(script)}</script>`}
</body>
</html>`;
}

/** A page that says one thing. */
export function notice(heading: string, ...paragraphs: readonly (string | PageHtml)[]): PageHtml {
  return page(heading, html`<h1>${heading}</h1>${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}`);
}

/**
 * What a page may do: nothing but its own style, its own script if it has one, and forms to where it came from.
 *
 * @param style what styles are allowed; pages that show a mail need its inline ones
 */
export function policyOf(script: string | null = null, style: string = sourceHash(pageStyle)): string {
  const scripts = script === null ? '' : ` script-src ${sourceHash(script)};`;
  return `default-src 'none'; style-src ${style};${scripts} form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}
