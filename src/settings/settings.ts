import type { Diagnostic } from '../document/diagnostic.ts';
import type { Repository } from '../source/repository.ts';

/** A machine's own settings, every default filled in. */
export interface Settings {
  readonly repository: RepositorySettings;
  /** A commit that may be acted on although it does not descend from the last one. */
  readonly acceptRewind?: string;
  /** The name to ask for; what counts is the name the key is bound to. */
  readonly nodeName?: string;
  readonly stateDir: string;
  readonly runtimeDir: string;
  /** `:9443` or `10.250.0.11:9443` */
  readonly enrolment: { readonly listen: string };
  readonly engineSocket?: string;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  /** What should be mended and stops nothing. */
  readonly warnings: readonly Diagnostic[];
}

export interface RepositorySettings extends Repository {
  readonly caFile?: string;
  readonly credentials?: CredentialFiles;
}

/** Where the secrets are; they are read when they are needed (load-credentials.ts). */
export interface CredentialFiles {
  readonly tokenFile?: string;
  readonly basic?: { readonly username?: string; readonly usernameFile?: string; readonly passwordFile?: string };
}
