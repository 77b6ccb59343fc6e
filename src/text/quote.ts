import { printable } from './printable.ts';

const MAX_LENGTH = 60;

/** Text of a user's file made safe for a message. */
export function toSafeText(text: string): string {
  return printable(text, MAX_LENGTH);
}

/** A value of a user's file as safe text in backticks. */
export function quote(value: unknown): string {
  return `\`${toSafeText(typeof value === 'string' ? value : JSON.stringify(value))}\``;
}
