/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * The optional file addons/<name>/addon.yaml: how the add-on in this folder is applied. Its name is the folder's.
 */
export interface Addon {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this file describes.
   */
  readonly kind: 'Addon';
  /**
   * How the add-on is applied.
   */
  readonly spec?: {
    /**
     * Add-ons that must be healthy before this one is applied.
     *
     * @maxItems 100
     */
    readonly dependsOn?: readonly string[];
    /**
     * Whether objects that leave the folder are deleted from the cluster. An object can say so itself, and much is never deleted: docs/reference/annotations.md has both.
     */
    readonly prune?: boolean;
    /**
     * What is done about an object that somebody changed in the cluster. `correct`: it is put right. `warn`: `plan` and `status` show which fields differ, and it is left as it is. `ignore`: nobody looks. An object can say so itself (docs/reference/annotations.md). What changes in Git is applied in any case.
     */
    readonly drift?: 'correct' | 'warn' | 'ignore';
  };
}
