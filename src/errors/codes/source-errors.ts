import type { Catalogue } from '../catalogue-entry.ts';

export const sourceErrors = {
  'source.url-invalid': {
    summary: 'the repository URL cannot be used',
    cause: 'Only http:// and https:// URLs without credentials in them are fetched.',
    remedy: 'Correct the repository URL in the settings; put credentials into a file that the settings name.',
    retry: 'never',
  },
  'source.unreachable': {
    summary: 'cannot reach the Git server',
    cause: 'The name does not resolve, the connection is refused, or no answer came in time.',
    remedy: 'Check the network, the name and the port; what was applied last stays in force meanwhile.',
    retry: 'soon',
    temporary: true,
  },
  'source.server-error': {
    summary: 'the Git server is failing',
    cause: 'It answered with a server error, or asked for fewer requests.',
    remedy: 'Look at the Git server; what was applied last stays in force meanwhile.',
    retry: 'soon',
    temporary: true,
  },
  'source.unauthorized': {
    summary: 'the Git server refuses the credentials',
    cause: 'They are missing, wrong, expired, or lack the right to read this repository.',
    remedy: 'Write working read-only credentials into the file that the settings name; it is read again at each sync.',
    retry: 'soon',
  },
  'source.not-found': {
    summary: 'there is no such repository',
    cause: 'The URL is wrong, or the server hides a private repository from these credentials.',
    remedy: 'Check the repository URL in the settings, and that the credentials may read it.',
    retry: 'soon',
  },
  'source.tls': {
    summary: 'the certificate of the Git server is not trusted',
    cause: 'It is signed by an unknown authority, expired, or made for another name.',
    remedy: 'Name the authority that signed it as `repository.caFile` in the settings, or mend the certificate.',
    retry: 'soon',
  },
  'source.redirected': {
    summary: 'the Git server redirects to another place',
    cause: 'The repository has moved. Credentials are never sent to a place the settings do not name.',
    remedy: 'Write the new URL into the settings, if it is the right one.',
    retry: 'soon',
  },
  'source.truncated': {
    summary: 'the answer of the Git server is cut short',
    cause: 'The connection broke, or the server or a proxy gave up in the middle.',
    remedy: 'Nothing, if it happens once; else look at the Git server and the proxies before it.',
    retry: 'soon',
    temporary: true,
  },
  'source.too-slow': {
    summary: 'the Git server is too slow',
    cause: 'The answer stalled, or was not complete within the time it may take.',
    remedy: 'Look at the network and the Git server; keep large files out of the cluster repository.',
    retry: 'soon',
    temporary: true,
  },
  'source.too-large': {
    summary: 'the repository is too large',
    cause: 'The fetch, the number of files or their sizes pass a limit; a cluster repository holds text.',
    remedy: 'Take large files out of the repository, or give the cluster a repository of its own.',
    retry: 'next-commit',
  },
  'source.protocol': {
    summary: 'this is no Git server, or one that answers wrongly',
    cause: 'The URL leads to a web page or a dumb file server, or a proxy changes the answers.',
    remedy: 'Use the URL that `git clone` takes.',
    retry: 'soon',
  },
  'source.branch-missing': {
    summary: 'the branch is not in the repository',
    cause: 'It was never pushed, was deleted, or is misspelt in the settings.',
    remedy: 'Push the branch, or name another one as `repository.branch` in the settings.',
    retry: 'soon',
  },
  'source.empty-repository': {
    summary: 'the repository is empty',
    cause: 'Nothing has been pushed yet.',
    remedy: 'Push a commit with cluster.yaml and nodes.yaml.',
    retry: 'soon',
  },
  'source.path-missing': {
    summary: 'the path is not in the repository',
    cause: 'No directory of this name is in the commit.',
    remedy: 'Push the directory, or correct `repository.path` in the settings.',
    retry: 'next-commit',
  },
  'source.unreadable': {
    summary: 'a file cannot be read',
    cause: 'This user may not read it, the disk is failing, or it is no file that can be read whole (as below /proc).',
    remedy: 'Let this user read it, or take it out of the directory.',
    retry: 'never',
  },
  'source.tree-invalid': {
    summary: 'the repository holds a name that is not allowed',
    cause: 'A file or directory name could mislead a program or a reader.',
    remedy: 'Rename the file; names are UTF-8 without control characters and backslashes, and never `.git`.',
    retry: 'next-commit',
  },
  'source.rewind': {
    summary: 'the branch does not descend from the commit acted on last',
    cause: 'Its history was rewritten (a force-push), or the settings name another repository or branch.',
    remedy:
      'Push a commit that descends from the last one. Or accept the rewind on this machine: `systemctl stop kubic-init`, `kubic-init sync --once --accept-rewind COMMIT`, `systemctl start kubic-init`; `acceptRewind` in the settings counts after `systemctl restart kubic-init`.',
    retry: 'next-commit',
  },
  'source.store-corrupt': {
    summary: 'the local object store is unreadable',
    cause: 'A failing disk, or files changed by hand.',
    remedy: 'Nothing: it is fetched anew at the next sync that reaches the server.',
    retry: 'soon',
  },
  'source.fetch-crashed': {
    summary: 'the fetch ended before it had a result',
    cause: 'It was killed, ran out of its memory limit, or could not be started.',
    remedy: 'If it happens again, look for large files in the repository and for what killed the process.',
    retry: 'soon',
  },
} as const satisfies Catalogue;
