/**
 * What `word~` takes in that its author does not mean. Most families that the stemmer would throw together are kept
 * apart in `word-families.ts`; these words are rightly of one family, and yet other news.
 */
import { foldedForm } from './fold.ts';
import { familyOf, markedWords } from './forms.ts';

/** One family a line; its senses are parted by `|`. */
const senses = `
aid aids aided aiding | aide aides
animal animals | animate animated animation
apart | apartment apartments
busy | business businesses
critic critics criticise criticised criticism | critical critically
current | currently
depart departs departed departing | department departments
expense expenses | expensive expensively
final finals finalist finalists | finally
industry industries industrial | industrious
large | largely
liberal liberals | liberate liberated liberation
like likes liked | likely
nation nations | national nationally nationals
numeral numerals | numerous
person persons people | personal personally
reservation reservations | reserve reserves reserved reserving
state states | stated stating
train trains | training trained`
  .trim()
  .split('\n')
  .map((line) => line.split(' | ').map((sense) => sense.split(' ')));

/** One sentence about a line whose `~` takes in words of another sense, or null. */
export function strangersIn(source: string): string | null {
  for (const said of markedWords(source)) {
    const word = foldedForm(said);
    const family = senses.find((each) => each.some((sense) => sense.includes(word)));
    const meant = family?.find((sense) => sense.includes(word)) ?? [];
    const strangers = (family ?? []).filter((sense) => sense !== meant).flat();
    const taken = strangers.filter((stranger) => familyOf(stranger) === familyOf(word));
    if (taken.length > 0) {
      return `${said}~ also takes in ${taken.join(', ')}; write the forms that you mean out, a line each: ${meant.join(', ')}`;
    }
  }
  return null;
}
