import type { FieldPath } from '../document/find-field.ts';

/** A field of the settings file, and what beats it: an environment variable, and for some a flag, which beats both. */
export interface SettingSource {
  readonly field: FieldPath;
  readonly variable: string;
  /** The option's name as commander gives it: `nodeName` for `--node-name`. */
  readonly flag?: string;
}

/** Names the settings file; `--config` beats it. */
export const CONFIG_VARIABLE = 'KUBIC_INIT_CONFIG';

export const settingSources: readonly SettingSource[] = [
  { field: ['repository', 'url'], variable: 'KUBIC_INIT_REPOSITORY', flag: 'repository' },
  { field: ['repository', 'branch'], variable: 'KUBIC_INIT_BRANCH', flag: 'branch' },
  { field: ['repository', 'path'], variable: 'KUBIC_INIT_PATH', flag: 'path' },
  { field: ['repository', 'credentials', 'tokenFile'], variable: 'KUBIC_INIT_TOKEN_FILE' },
  { field: ['repository', 'credentials', 'basic', 'username'], variable: 'KUBIC_INIT_USERNAME' },
  { field: ['repository', 'credentials', 'basic', 'usernameFile'], variable: 'KUBIC_INIT_USERNAME_FILE' },
  { field: ['repository', 'credentials', 'basic', 'passwordFile'], variable: 'KUBIC_INIT_PASSWORD_FILE' },
  { field: ['repository', 'caFile'], variable: 'KUBIC_INIT_CA_FILE' },
  { field: ['acceptRewind'], variable: 'KUBIC_INIT_ACCEPT_REWIND', flag: 'acceptRewind' },
  { field: ['nodeName'], variable: 'KUBIC_INIT_NODE_NAME', flag: 'nodeName' },
  { field: ['stateDir'], variable: 'KUBIC_INIT_STATE_DIR' },
  { field: ['runtimeDir'], variable: 'KUBIC_INIT_RUNTIME_DIR' },
  { field: ['enrolment', 'listen'], variable: 'KUBIC_INIT_LISTEN' },
  { field: ['engineSocket'], variable: 'KUBIC_INIT_ENGINE_SOCKET' },
  { field: ['logLevel'], variable: 'KUBIC_INIT_LOG_LEVEL' },
];

/** `--node-name` for `nodeName`. */
export function flagName(flag: string): string {
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
