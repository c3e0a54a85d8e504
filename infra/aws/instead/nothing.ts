/** For a bundle, in place of a package that is loaded and never used: rss-parser's reader of XML brings a writer along. */
export {};
