/** What is looked at of a text: the rest is not printed anyway, and takes no time. */
const LOOKED_AT = 4_096;
const DEFAULT_LENGTH = 200;

/** Characters that steer a terminal, forge a line, turn the writing direction or hide. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Somebody else's text (of a file, a server, a name) as it may stand in a message: cut, credentials in URLs taken out, whatever a terminal
 * would act on as `\u{…}`.
 */
export function printable(text: string, maxLength: number = DEFAULT_LENGTH): string {
  const start = text.slice(0, LOOKED_AT);
  const safe = start.replace(/\S+/g, (word, at: number) =>
    hideCredentials(word, text.length > LOOKED_AT && at + word.length === start.length),
  );
  return escapeUnprintable(shorten(safe, maxLength));
}

/** Prose, which may come in several lines, as one printable line with single spaces. */
export function printableLine(text: string, maxLength?: number): string {
  return printable(
    text
      .slice(0, LOOKED_AT)
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
    maxLength,
  );
}

/** A text of our own that has others' in it, whole. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

function hideCredentials(word: string, isCut: boolean): string {
  const start = word.indexOf('//');
  if (start < 0) return word;
  const end = word.lastIndexOf('@');
  if (end > start) return `${word.slice(0, start)}//…@${word.slice(end + 1)}`;
  return isCut ? `${word.slice(0, start)}//…` : word;
}

/** Whether a name has characters that forge lines in a report or turn its direction. Those that join letters and emojis have none of it. */
export function isUnprintable(name: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name);
}

/** In whole characters. */
function shorten(text: string, maxLength: number): string {
  const characters = [...text.slice(0, 2 * maxLength + 2)];
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join('')}…` : text;
}
