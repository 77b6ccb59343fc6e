import { execFileSync } from 'node:child_process';

const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', '/dev/null'];

/** A request for a certificate that openssl makes, PEM: for a new key on P-256 where no other is asked for. */
export function opensslCsr(subject: string, ...more: readonly string[]): string {
  const key = more.some((argument) => /^-(new)?key$/.test(argument)) ? ['-keyout', '/dev/null'] : P256;
  const args = ['req', '-new', '-nodes', ...key, '-subj', subject, ...more];
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
}
