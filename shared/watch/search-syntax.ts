/** Operators and patterns that people know from other search boxes, and that mean nothing in a line. */

const operator = /^(.*\S)\s+(AND|OR|NOT|NEAR)(?:\/\d+)?\s+(\S.*)$/;

/** Signs inside a word, or between words, that only a regular expression has there. */
const pattern = /(?<=\p{L})\?(?=\p{L})|\||(?<=[\p{L}\p{N}])[([]|[)\]](?=[\p{L}\p{N}])|\.[*+]|\\[bBdDsSwW]/u;

/**
 * @param source a line as in the watch file
 * @returns a sentence that says what to write instead, or null
 */
export function searchSyntax(source: string): string | null {
  if (!source.startsWith('=')) {
    const [, before, word, after] = operator.exec(source) ?? [];
    if (before !== undefined && word !== undefined && after !== undefined) {
      return `a line is plain words, and ${word} is only a word in it; write ${instead(word, before, after)}, or "${word.toLowerCase()}" in small letters if it belongs to the phrase`;
    }
  }
  const sign = pattern.exec(source)?.[0];
  if (sign === undefined) return null;
  return `"${source}" is no pattern: a line is plain words, and ${sign} means nothing in it; write each spelling as a line of its own under any:, encryption~ for the forms of a word, or encrypt* for its beginning`;
}

function instead(operator: string, before: string, after: string): string {
  switch (operator) {
    case 'OR':
      return `any: [${before}, ${after}]`;
    case 'NOT':
      return `any: [${before}] and none: [${after}]`;
    case 'NEAR':
      return `near: {within: 10, all: [[${before}], [${after}]]}`;
    default:
      return `all: [[${before}], [${after}]]`;
  }
}
