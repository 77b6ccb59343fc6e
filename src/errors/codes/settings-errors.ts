import type { Catalogue } from '../catalogue-entry.ts';

const retry = 'never';

export const settingsErrors = {
  'settings.invalid': {
    summary: 'the settings of this machine have errors',
    cause: 'The settings file, a KUBIC_INIT_ variable or a flag says something that cannot be.',
    remedy: 'Correct what the facts list; docs/reference/settings.md describes every field.',
    retry,
  },
  'settings.unreadable': {
    summary: 'the settings file cannot be read',
    cause: 'It is not there, not a regular file, too large, or not readable for this user.',
    remedy: 'Correct the path (`--config`, KUBIC_INIT_CONFIG), or run this as root.',
    retry,
  },
  'settings.no-repository': {
    summary: 'this machine does not know its cluster repository',
    cause: 'Neither the settings file nor the environment nor a flag names its URL.',
    remedy:
      'Write `repository: {url: …}` into /etc/kubic/kubic-init.yaml, set KUBIC_INIT_REPOSITORY, or pass --repository.',
    retry,
  },
  'settings.unknown-variable': {
    summary: 'an environment variable that is nearly one of kubic-init',
    cause: 'A typing error: what it was meant to set is not set.',
    remedy: 'Correct its name, or unset it.',
    retry,
  },
  'settings.credentials': {
    summary: 'the credentials are incomplete or contradict each other',
    cause: 'A repository takes a token (`tokenFile`) or a name and a password (`basic`), not a mixture.',
    remedy: 'Set `tokenFile`, or `basic` with `username` (or `usernameFile`) and `passwordFile`.',
    retry,
  },
  'settings.credentials-exposed': {
    summary: 'others can read a file with credentials',
    cause: 'Its mode gives group or world a permission.',
    remedy: 'Run `chmod 600` on it.',
    retry,
  },
  'settings.credentials-in-clear': {
    summary: 'credentials are sent in the clear',
    cause: 'The URL begins with http:, so anybody on the way can read them.',
    remedy: 'Use an https: URL, with `caFile` where its authority is your own.',
    retry,
  },
  'settings.credentials-unreadable': {
    summary: 'a file with credentials cannot be read',
    cause: 'It is not there, empty, not a regular file, or holds more than one line.',
    remedy: 'Write the secret into it, on one line, with mode 0600; it is read again at each sync.',
    retry: 'soon',
  },
} as const satisfies Catalogue;
