/** One room of src/: a folder, and what it is for. Rooms below a room are named where the law says something of them alone. */
interface Room {
  readonly name: string;
  readonly about: string;
}

/** From the ground up: a room imports from itself and from rooms before it, types included. */
export const ROOMS: readonly Room[] = [
  { name: 'text', about: 'text for people and from people: quoting, addresses, cron, suggestions' },
  { name: 'errors', about: 'the catalogue of error codes' },
  { name: 'json', about: 'data of unknown shape, its canonical form' },
  { name: 'objects', about: 'Kubernetes objects as data: what names one' },
  { name: 'generated', about: 'types and a validator per schema; files that the program carries' },
  { name: 'platform', about: 'this machine: files, programs, the lock, the host from within a container' },
  { name: 'document', about: 'YAML with places, messages of a schema, diagnostics' },
  { name: 'pki', about: 'fingerprints, certificates, signing requests' },
  { name: 'kube', about: 'the API client' },
  { name: 'state', about: 'what this machine remembers' },
  { name: 'source', about: 'Git: the verified head as data' },
  { name: 'settings', about: "a machine's own settings" },
  { name: 'definition', about: 'what a cluster repository says' },
  { name: 'addons', about: 'add-ons: rendered, recorded, judged' },
  { name: 'plan', about: 'what there is to do, and why' },
  { name: 'admission', about: 'identity, enrolment, certificates, by who is at the other end' },
  { name: 'observe', about: 'what is true on this machine and in the cluster' },
  { name: 'execute', about: 'a handler per kind of action' },
  { name: 'clone', about: "the administrator's clone: the node list edited and committed" },
  { name: 'report', about: 'how it went: status, Node, plan document' },
  { name: 'sync', about: 'one sync' },
  { name: 'agent', about: 'the daemon' },
  { name: 'cli', about: 'what a person types' },
];

/**
 * Rooms that take data and return data. They import each other, what is listed here, and nothing else of the world.
 */
export const PURE = [
  'errors',
  'text',
  'json',
  'objects',
  'generated',
  'document',
  'pki',
  'definition',
  'addons',
  'plan',
];
export const PURE_MAY_IMPORT = [
  'node:crypto',
  'node:zlib',
  'node:buffer',
  'node:timers/promises', // addons: whatever else the process does gets its turn
  'yaml',
  'ajv', // types of a validator
  '@peculiar/x509', // pki: certificates as data
  'source/snapshot', // a repository's files as data: imports nothing itself
];

/** What opens sockets, files and processes. */
export const WORLD =
  /^(node:(fs|fs\/promises|net|tls|http|https|http2|dns|dgram|child_process|worker_threads|cluster)|isomorphic-git|dockerode|openid-client|@kubernetes\/client-node)(\/|$)/;

/** Only here is it imported, but for types: a room, or one file of it. */
export const OPENS = [
  'platform',
  'kube',
  'source',
  'settings', // files of an administrator, with their modes and sizes
  'admission/identity', // the key, with its mode and no link followed; the consoles
  'admission/door',
  'admission/join',
  'observe/machine', // probes of the endpoint and of the control plane's own health
  'clone', // the user's git, and the files of the clone
  'agent/agent-socket.ts',
  'cli', // what a person names: directories to validate or to fill, the agent's socket
];

/** What a stranger can reach is small and known. */
export const DOOR = { room: 'admission/door', mayNotImport: ['clone', 'execute', 'observe', 'settings'] };

/** Kubeconfigs that run programs are for people at their machines: no agent ever comes to load one. */
export const LAPTOP = { room: 'kube/user', onlyFrom: ['kube/user', 'cli', 'clone'] };

export const MAX_FILES_IN_A_FOLDER = 14;
export const MAX_LINES_IN_A_FILE = 200;
