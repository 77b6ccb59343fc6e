import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.ts';
import { labCache } from './lab.ts';
import { labScript } from './provision.ts';

export const baseImageName = 'localhost/kubic-init-base:24';

/** Where images are kept between runs, beside the lab's own cache. */
export const imageCache = path.join(homedir(), '.cache/kubic-init/images');

const PROGRAMS = [
  '/usr/local/bin/node',
  ...['nsenter', 'setpriv', 'flock', 'prlimit', 'cat', 'env'].map((name) => `/usr/bin/${name}`),
];
const FILES = ['/etc/passwd', '/etc/group', '/etc/nsswitch.conf', '/etc/ssl/certs/ca-certificates.crt'];

/**
 * What stands for node:24-bookworm-slim where no registry can be reached: Node and the few programs the agent calls, out of
 * the lab's Debian, with the libraries they need. The lab must be provisioned.
 *
 * @returns the path of its archive, named after its content
 */
export async function provideBaseImage(): Promise<string> {
  const lab = labCache();
  const inputs = [path.join(lab, 'stamps/base'), path.join(lab, 'stamps/nodejs'), fileURLToPath(import.meta.url)];
  const key = createHash('sha256');
  for (const file of inputs) key.update(await readFile(file));
  const archive = path.join(imageCache, `base-${key.digest('hex').slice(0, 16)}.tar`);
  if (await isThere(archive)) return archive;
  await mkdir(imageCache, { recursive: true });
  const work = await mkdtemp(path.join(imageCache, 'work-'));
  try {
    await copyRoot(path.join(lab, 'base'), `${work}/root`);
    await runCommand([
      process.execPath,
      labScript('mkimage.mjs'),
      `${work}/base.tar`,
      baseImageName,
      '--cmd',
      'node',
      '--dir',
      `${work}/root`,
    ]);
    await rename(`${work}/base.tar`, archive);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return archive;
}

async function copyRoot(from: string, to: string): Promise<void> {
  for (const directory of [
    'usr/bin',
    'usr/sbin',
    'usr/lib',
    'usr/lib64',
    'etc',
    'proc',
    'sys',
    'dev',
    'run',
    'tmp',
    'var/tmp',
    'root',
  ]) {
    await mkdir(path.join(to, directory), { recursive: true });
  }
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${name}`, path.join(to, name));
  const libraries = await Promise.all(PROGRAMS.map((program) => listLibraries(from, program)));
  for (const file of new Set([...PROGRAMS, ...FILES, ...libraries.flat()])) {
    await cp(path.join(from, file), path.join(to, file), { dereference: true });
  }
}

/** The loader and the shared libraries of a program, as ldd(1) of that root names them. */
async function listLibraries(root: string, program: string): Promise<string[]> {
  const { stdout } = await runCommand(['chroot', root, 'ldd', program]);
  return stdout.match(/\/lib\S+/g) ?? [];
}

export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
