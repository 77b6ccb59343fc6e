const MAX_LENGTH = 60;

/** Text of a user's file made safe for a message: cut, credentials in URLs and control characters taken out. */
export function toSafeText(text: string): string {
  return escapeControls(shorten(text.replace(/\/\/\S*@/g, '//…@')));
}

/** A value of a user's file as safe text in backticks. */
export function quote(value: unknown): string {
  return `\`${toSafeText(typeof value === 'string' ? value : JSON.stringify(value))}\``;
}

function shorten(text: string): string {
  const characters = [...text.slice(0, 2 * MAX_LENGTH + 2)];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : text;
}

/** Control and direction characters as `\u{…}`, so that hostile text cannot steer a terminal or hide what it says. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
