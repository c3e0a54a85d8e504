/**
 * The colours of a mail, light and dark. Every pair that is used keeps a contrast of 4.5. No pure black or white: Gmail
 * inverts by force and knows no `prefers-color-scheme`, and what lies between the ends survives it.
 */

export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  /** Outlets, times, reasons. */
  readonly quiet: string;
  readonly link: string;
  /** Names of watches. */
  readonly accent: string;
  /** Behind matched words, with their colour. */
  readonly mark: string;
  readonly marked: string;
  /** Behind feeds that could not be read. */
  readonly alarm: string;
  readonly rule: string;
}

export const light: Palette = {
  page: '#f3f2ee',
  card: '#fefefd',
  text: '#23262b',
  quiet: '#5b6068',
  link: '#1b3f66',
  accent: '#8a3b12',
  mark: '#fff1b8',
  marked: '#23262b',
  alarm: '#fbefe6',
  rule: '#dddbd3',
};

export const dark: Palette = {
  page: '#121417',
  card: '#1b1e23',
  text: '#e4e2dc',
  quiet: '#a6abb3',
  link: '#a9cbf2',
  accent: '#eda676',
  mark: '#57470f',
  marked: '#fdf3cf',
  alarm: '#33261d',
  rule: '#363a41',
};
