import { type ErrorCode, findEntry } from './catalogue.ts';
import { KubicError, type KubicErrorOptions } from './kubic-error.ts';

/** What of an error travels between two processes of ours. */
export type SentError = { readonly code: string; readonly message: string } & Pick<
  KubicErrorOptions,
  'hint' | 'facts' | 'retry'
>;

/** The error as it was thrown in the other process. One of another version may have a code that is unknown here. */
export function reviveError({ code, message, ...rest }: SentError): KubicError {
  const entry = findEntry(code);
  if (!entry) return new KubicError('agent.internal', { ...rest, detail: `${message} [${code}]` });
  const detail = message.slice(entry.summary.length + 2);
  return new KubicError(code as ErrorCode, { ...rest, ...(detail === '' ? {} : { detail }) });
}
