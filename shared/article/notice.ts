/**
 * Texts that stand where an article should: consent, sign-in, subscription, a robot's test. Taken for the article they would
 * make every entry of an outlet match a watch for "cookies".
 */

/** A longer text is an article, whatever it is about: notices are a paragraph or two. */
const noticeCharsMax = 1_500;

/** So many different signs in a short text are no chance: an article about cookies has one or two. */
const signsMin = 3;

/** In the languages that news of our readers comes in; a sign counts once. */
const signs: readonly RegExp[] = [
  /\bcookies?\b/i,
  /\b(?:accept|reject|allow) (?:all|cookies)\b|\bi (?:accept|agree)\b|\balle akzeptieren\b|\btout accepter\b|\baceptar (?:todo|y)\b/i,
  /\b(?:consent|gdpr|einwilligung|consentement|consentimiento)\b/i,
  /\b(?:privacy (?:policy|notice|settings|choices)|datenschutz|confidentialité|privacidad)\b/i,
  /\b(?:our|and|\d+) partners?\b|\bunsere partner\b|\bnos partenaires\b|\bnuestros socios\b/i,
  /\b(?:personali[sz]ed (?:ads?|advertising|content)|advertising|tracking|store and\/or access)\b/i,
  /\b(?:sign|log) ?in\b|\bsign up\b|\bcreate an? (?:free )?account\b|\banmelden\b|\bse connecter\b|\biniciar sesión\b|ログイン/i,
  /\b(?:password|passwort|mot de passe|contraseña)\b|パスワード/i,
  /\b(?:forgot(?:ten)? (?:your )?password|remember me)\b/i,
  /\b(?:subscribe(?: now)?|subscription|subscribers?|abonnieren|abonnez-vous|suscríbete)\b|有料会員|購読/i,
  /\b(?:to (?:continue|keep) reading|continue reading|read the full (?:story|article)|already a (?:subscriber|member)|free trial|per month|cancel any ?time)\b|この記事は有料|続きを読む/i,
  /\b(?:enable|turn on|activate) javascript\b|\bjavascript (?:is )?(?:disabled|required)\b/i,
  /\b(?:are you a (?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|unusual (?:traffic|activity)|captcha|security check)\b/i,
  /\b(?:access (?:denied|to this page has been)|request (?:id|blocked)|ray id)\b/i,
];

/** With these a consent page begins, however long its list of partners is. */
const opening =
  /^.{0,200}\b(?:we (?:value|care about|respect) your privacy|we and our (?:\d[\d,.]* )?partners|before you continue to|wir und unsere (?:\d[\d.]* )?partner|nous et nos (?:\d[\d ]* )?partenaires|nosotros y nuestros (?:\d[\d.]* )?socios)\b/i;

/** Whether a text is a notice and not an article. */
export function isNotice(text: string): boolean {
  if (opening.test(text)) return true;
  if (text.length > noticeCharsMax) return false;
  let found = 0;
  for (const sign of signs) if (sign.test(text)) found += 1;
  return found >= signsMin;
}
