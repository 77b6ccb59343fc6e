/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * A machine's own settings, the file /etc/kubic/kubic-init.yaml. Flags beat environment variables, which beat this file. Trust is anchored here, never in the repository.
 */
export interface KubicInitConfiguration {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this file describes.
   */
  readonly kind: 'KubicInitConfiguration';
  /**
   * The cluster repository.
   */
  readonly repository?: {
    /**
     * Where to fetch it, over https or http, without credentials in it.
     */
    readonly url?: string;
    /**
     * The branch to follow.
     */
    readonly branch?: string;
    /**
     * The folder in the repository that holds cluster.yaml.
     */
    readonly path?: string;
    /**
     * What a private repository asks for: a token or a name and a password, read from files when they are needed.
     */
    readonly credentials?: {
      /**
       * A file with a bearer token, readable by root only.
       */
      readonly tokenFile?: string;
      /**
       * HTTP basic authentication.
       */
      readonly basic?: {
        /**
         * The user name.
         */
        readonly username?: string;
        /**
         * A file with the user name, in place of username.
         */
        readonly usernameFile?: string;
        /**
         * A file with the password, readable by root only.
         */
        readonly passwordFile?: string;
      };
    };
    /**
     * A file with PEM certificates that are trusted for this repository beside the system's.
     */
    readonly caFile?: string;
  };
  /**
   * A commit that may be acted on although it does not descend from the last one. It counts once, and not before the agent is started anew (`systemctl restart kubic-init`). The repository itself cannot allow this.
   */
  readonly acceptRewind?: string;
  /**
   * The name this machine asks for when it enrols. The name it gets is the one its key is bound to in the repository. Default: the hostname.
   */
  readonly nodeName?: string;
  /**
   * Where identity, membership, journal, status file and the repository's store are kept.
   */
  readonly stateDir?: string;
  /**
   * Where the lock, the agent's socket and the configuration files handed to kubeadm are kept; empty after a reboot.
   */
  readonly runtimeDir?: string;
  /**
   * The enrolment endpoint, served where this machine is a control plane.
   */
  readonly enrolment?: {
    /**
     * Address and port to listen on; without an address, on all.
     */
    readonly listen?: string;
  };
  /**
   * The container engine's socket (Docker or Podman). Default: the first one found.
   */
  readonly engineSocket?: string;
  /**
   * How much the agent logs.
   */
  readonly logLevel?: 'error' | 'warn' | 'info' | 'debug';
}
