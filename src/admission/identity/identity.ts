import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { constants, type FileHandle, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KubicError } from '../../errors/kubic-error.ts';
import { fingerprintOf, spkiOf } from '../../pki/fingerprint.ts';
import { isNotFound, temporaryBeside } from '../../platform/files.ts';
import { statePath } from '../../state/paths.ts';

/** The key pair a machine is known by. */
export interface Identity {
  readonly privateKey: KeyObject;
  /** DER */
  readonly spki: Buffer;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

const MAX_BYTES = 4096;

/**
 * The identity of this machine, made at the first call (Ed25519, PKCS#8 PEM, 0600). A file that is there is never replaced,
 * whatever is wrong with it: whoever finds the key lost has to say so by deleting it.
 *
 * @throws KubicError admission.identity-invalid, admission.identity-exposed, agent.state-unwritable
 */
export async function loadOrCreateIdentity(stateDir: string): Promise<Identity> {
  const existing = await loadIdentity(stateDir);
  if (existing) return existing;
  await createIdentity(statePath(stateDir, 'identity'));
  const created = await loadIdentity(stateDir);
  if (!created) throw new KubicError('agent.state-unwritable', { detail: statePath(stateDir, 'identity') });
  return created;
}

/**
 * The identity of this machine, or undefined where none was made yet.
 *
 * @throws KubicError admission.identity-invalid, admission.identity-exposed
 */
export async function loadIdentity(stateDir: string): Promise<Identity | undefined> {
  const path = statePath(stateDir, 'identity');
  const file = await openKey(path);
  if (!file) return undefined;
  try {
    return parseIdentity(path, await readKey(path, file));
  } finally {
    await file.close();
  }
}

async function openKey(path: string): Promise<FileHandle | undefined> {
  try {
    // never through a link; and a FIFO in its place must not make us wait
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    if (isNotFound(cause)) return undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOOP') {
      throw new KubicError('admission.identity-exposed', { detail: `${path} is a symbolic link` });
    }
    throw new KubicError('admission.identity-invalid', { detail: path, cause });
  }
}

async function readKey(path: string, file: FileHandle): Promise<string> {
  const stat = await file.stat();
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  if (!stat.isFile()) throw new KubicError('admission.identity-exposed', { detail: `${path} is no regular file` });
  if (stat.uid !== process.getuid?.()) {
    throw new KubicError('admission.identity-exposed', { detail: `${path} belongs to user ${stat.uid}` });
  }
  if ((stat.mode & 0o077) !== 0)
    throw new KubicError('admission.identity-exposed', { detail: `${path} has mode ${mode}` });
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  if (bytesRead > MAX_BYTES) throw new KubicError('admission.identity-invalid', { detail: `${path} is too large` });
  return buffer.subarray(0, bytesRead).toString('latin1');
}

function parseIdentity(path: string, pem: string): Identity {
  // the cause of a parse error may quote the key: it is not passed on
  const privateKey = parsePrivateKey(pem);
  if (privateKey?.asymmetricKeyType !== 'ed25519') throw new KubicError('admission.identity-invalid', { detail: path });
  const spki = spkiOf(createPublicKey(privateKey));
  return { privateKey, spki, fingerprint: fingerprintOf(spki) };
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    return undefined;
  }
}

/**
 * Written whole beside its place and then linked into it: link(2) fails where another process was faster. An agent that
 * starts meanwhile may take the file for one that was left behind (see agent/hold-machine.ts): then once more.
 */
async function createIdentity(path: string, attempts = 3): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeKey(temporary);
    await link(temporary, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    await rm(temporary, { force: true });
    const directory = await open(dirname(path), 'r');
    await directory.sync().finally(() => directory.close());
  } catch (cause) {
    if (isNotFound(cause) && attempts > 1) return createIdentity(path, attempts - 1);
    await rm(temporary, { force: true }).catch(() => {});
    throw new KubicError('agent.state-unwritable', { detail: path, cause });
  }
}

async function writeKey(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await file.sync();
  } finally {
    await file.close();
  }
}
