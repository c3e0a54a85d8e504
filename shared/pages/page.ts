/** The frame that all pages share. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type PageHtml = HtmlEscapedString | Promise<HtmlEscapedString>;

/** @param content already escaped markup */
export function page(title: string, content: PageHtml): PageHtml {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Watchword</title>
        <style>
          body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 10vh auto; padding: 0 1.25rem;
            color: #1c2430; background: #fff; }
          h1 { font-size: 1.5rem; line-height: 1.25; }
          button { font: inherit; padding: 0.6rem 1.2rem; border: 0; border-radius: 0.3rem; color: #fff;
            background: #174a7c; cursor: pointer; }
          button:focus-visible { outline: 3px solid #d97706; outline-offset: 2px; }
          @media (prefers-color-scheme: dark) { body { color: #e6eaf0; background: #12161c; } }
        </style>
      </head>
      <body><main>${content}</main></body>
    </html>`;
}
