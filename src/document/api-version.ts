/** The version of every kind this program reads and writes. */
export const API_VERSION = 'kubic.suse.com/v1beta1';
