import { formatAddress, parseAddress, parseSubnet, splitHostPort } from './address.ts';
import { explainCron } from './cron.ts';

type Explain = (text: string) => string | undefined;

/** The `format`s that the schemas name: each says what is wrong with a text, or undefined. `pattern` has checked its form. */
export const formats: Readonly<Record<string, Explain>> = {
  'kubic-host-port': explainHostPort,
  'kubic-listen': (text) => (text.startsWith(':') ? explainPort(text.slice(1)) : explainHostPort(text)),
  'kubic-node-address': explainNodeAddress,
  'kubic-subnets': explainSubnets,
  'kubic-cron': explainCron,
  'kubic-folder': explainFolder,
  'kubic-branch': explainBranch,
  'kubic-repository-url': explainRepositoryUrl,
};

function explainHostPort(text: string): string | undefined {
  const { host, port } = splitHostPort(text);
  return explainPort(String(port)) ?? explainHost(host);
}

function explainPort(port: string): string | undefined {
  return Number(port) >= 1 && Number(port) <= 65_535 ? undefined : 'the port is not within 1–65535';
}

/** A name whose last label is a number would be taken for an IPv4 address (RFC 1123, 2.1). */
function explainHost(host: string): string | undefined {
  const looksLikeAddress = host.includes(':') || /(^|\.)[0-9]+$/.test(host);
  if (looksLikeAddress) return parseAddress(host) === undefined ? 'the host is not an IP address' : undefined;
  const labels = host.split('.');
  const valid = labels.every((label) => /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/.test(label));
  return valid ? undefined : 'the host is not a DNS name';
}

/** What a kubelet's certificate can carry: one form of each address, and names without capitals. */
function explainNodeAddress(text: string): string | undefined {
  const address = parseAddress(text);
  if (address?.family === 4 && text.includes(':'))
    return `an IPv4 address is written with dots: ${formatAddress(address)}`;
  if (text !== text.toLowerCase() && address === undefined) return 'a DNS name is in lower case here';
  return explainHost(text)?.replace('the host', 'it');
}

function explainSubnets(text: string): string | undefined {
  const subnets = text.split(',').map(parseSubnet);
  const wrong = subnets.find((subnet) => typeof subnet === 'string');
  if (wrong !== undefined) return wrong as string;
  const families = new Set(subnets.map((subnet) => (subnet as { family: number }).family));
  return families.size < subnets.length ? 'two ranges have to be one of IPv4 and one of IPv6' : undefined;
}

function explainFolder(text: string): string | undefined {
  if (text === '.') return undefined;
  return text.split('/').some((part) => part === '.' || part === '..')
    ? 'it has a `.` or `..` between its slashes'
    : undefined;
}

/** The rules of git-check-ref-format that the pattern leaves open. */
function explainBranch(text: string): string | undefined {
  const refused = text.includes('..') || text.includes('//') || text.includes('@{') || text.includes('/.');
  return refused || /(\.|\/|\.lock)$/.test(text) ? 'Git refuses it as the name of a branch' : undefined;
}

function explainRepositoryUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is not a URL';
  const { username, password } = new URL(text);
  return username === '' && password === '' ? undefined : 'it carries credentials; they belong in files';
}
